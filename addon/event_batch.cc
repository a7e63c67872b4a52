// SPDX-License-Identifier: MIT
#include "event_batch.h"

#include <ctime>
#include <utility>

#include "event_bridge.h"

namespace rxvirt {
namespace {

// Past so many names the interning starts afresh, so that a host that makes and forgets domains for months
// does not fill memory.
constexpr size_t kMaxIdentities = 16384;

double NowMs() {
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  return static_cast<double>(now.tv_sec) * 1000 + static_cast<double>(now.tv_nsec / 1'000'000);
}

}  // namespace

EventBatch::EventBatch(std::shared_ptr<LoopWaker> waker, std::thread::id home)
    : waker_(std::move(waker)), home_(home) {}

EventBatch::Event::Event(EventBatch* batch, int token) : batch_(batch), lock_(batch->mutex_) {
  auto& slices = batch->slices_;
  if (slices.empty() || slices.back().events >= EventSlice::kMaxEvents) slices.emplace_back();
  slice_ = &slices.back();
  Number(token).Number(NowMs()).Number(0).Number(0);
  payload_start_ = slice_->numbers.size();
  strings_start_ = slice_->strings.size();
}

EventBatch::Event::~Event() {
  slice_->numbers[payload_start_ - 2] = static_cast<double>(slice_->numbers.size() - payload_start_);
  slice_->numbers[payload_start_ - 1] = static_cast<double>(slice_->strings.size() - strings_start_);
  ++slice_->events;
  ++batch_->pending_;
  if (batch_->wake_sent_ || (LibvirtScope::IsOpen() && std::this_thread::get_id() == batch_->home_)) return;
  batch_->wake_sent_ = true;
  lock_.unlock();
  batch_->waker_->Wake();
}

EventBatch::Event& EventBatch::Event::Domain(virDomainPtr domain) {
  const unsigned int id = virDomainGetID(domain);
  Number(batch_->Identify(domain, slice_));
  return Number(id == static_cast<unsigned int>(-1) ? -1 : static_cast<double>(id));
}

int EventBatch::Identify(virDomainPtr domain, EventSlice* slice) {
  unsigned char uuid[VIR_UUID_BUFLEN] = {};
  virDomainGetUUID(domain, uuid);
  const char* name = virDomainGetName(domain);
  identity_key_.assign(reinterpret_cast<const char*>(uuid), sizeof uuid).append(name != nullptr ? name : "");
  const auto found = identities_.find(identity_key_);
  if (found != identities_.end()) return found->second;

  if (identities_.size() >= kMaxIdentities && slice->events == 0 && slice->identities.empty()) {
    identities_.clear();
    slice->resets_identities = true;
  }
  const int index = static_cast<int>(identities_.size());
  identities_.emplace(identity_key_, index);
  char text[VIR_UUID_STRING_BUFLEN] = "";
  virDomainGetUUIDString(domain, text);
  slice->identities.emplace_back(name != nullptr ? name : "");
  slice->identities.emplace_back(text);
  return index;
}

bool EventBatch::Take(EventSlice* slice) {
  const std::lock_guard<std::mutex> lock(mutex_);
  wake_sent_ = false;
  if (slices_.empty()) return false;
  *slice = std::move(slices_.front());
  slices_.pop_front();
  pending_ -= slice->events;
  return true;
}

}  // namespace rxvirt
