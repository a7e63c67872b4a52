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

std::string FormatUuid(const std::array<unsigned char, VIR_UUID_BUFLEN>& uuid) {
  static constexpr char kHex[] = "0123456789abcdef";
  std::string text;
  for (size_t i = 0; i < uuid.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) text += '-';
    text += kHex[uuid[i] >> 4];
    text += kHex[uuid[i] & 15];
  }
  return text;
}

double NowMs() {
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  return static_cast<double>(now.tv_sec) * 1000 + static_cast<double>(now.tv_nsec / 1'000'000);
}

}  // namespace

void EventSlice::Clear() {
  events = 0;
  resets_identities = false;
  numbers.clear();
  strings.clear();
  identities.clear();
}

EventBatch::EventBatch(std::shared_ptr<LoopWaker> waker, std::thread::id home)
    : waker_(std::move(waker)), home_(home) {}

EventBatch::Event::Event(EventBatch* batch, int token) : batch_(batch), lock_(batch->mutex_) {
  auto& slices = batch->slices_;
  if (slices.empty() || slices.back().events >= EventSlice::kMaxEvents)
    slices.push_back(std::exchange(batch->spare_, {}));
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
  const DomainIdentity identity = IdentityOf(domain);
  return Number(batch_->Intern(identity, slice_)).Number(identity.id);
}

int EventBatch::Intern(const DomainIdentity& identity, EventSlice* slice) {
  identity_key_.assign(reinterpret_cast<const char*>(identity.uuid.data()), identity.uuid.size());
  identity_key_.append(identity.name);
  const auto found = identities_.find(identity_key_);
  if (found != identities_.end()) return found->second;

  if (identities_.size() >= kMaxIdentities && slice->events == 0 && slice->identities.empty()) {
    identities_.clear();
    slice->resets_identities = true;
  }
  const int index = static_cast<int>(identities_.size());
  identities_.emplace(identity_key_, index);
  slice->identities.emplace_back(identity.name);
  slice->identities.push_back(FormatUuid(identity.uuid));
  return index;
}

bool EventBatch::Take(EventSlice* slice) {
  const std::lock_guard<std::mutex> lock(mutex_);
  wake_sent_ = false;
  if (slices_.empty()) return false;
  slice->Clear();
  std::swap(*slice, slices_.front());
  spare_ = std::move(slices_.front());
  slices_.pop_front();
  pending_ -= slice->events;
  return true;
}

}  // namespace rxvirt
