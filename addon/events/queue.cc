// SPDX-License-Identifier: MIT
#include "events/queue.h"

#include <exception>
#include <utility>

#include "loop/bridge.h"
#include "node/now_ms.h"

namespace rxvirt {
namespace {

// After this many domains the indices start again at 0. Otherwise a host that makes and removes domains for
// months would fill the memory.
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

}  // namespace

void EventSlice::Clear() {
  events = 0;
  lost_before = 0;
  resets_identities = false;
  numbers.clear();
  strings.clear();
  identities.clear();
}

void EventQueue::AppendEnd(const std::shared_ptr<EventQueue>& queue, int reason,
                           double read_until_ms) noexcept {
  {
    const std::lock_guard<std::mutex> lock(queue->mutex_);
    if (queue->is_closed_ || queue->end_.empty()) return;
    EventSlice& slice = queue->end_.front();
    for (const double number : {double(queue->id), NowMs(), 2.0, 0.0, double(reason), read_until_ms})
      slice.numbers.push_back(number);
    slice.events = 1;
    slice.lost_before = std::exchange(queue->lost_since_, 0);
    queue->slices_.splice(queue->slices_.end(), queue->end_);
    (void)queue->AddPending(1);
    if (std::exchange(queue->is_ready_, true)) return;
  }
  queue->ready_->Append(queue);
}

EventQueue::Event::Event(std::shared_ptr<EventQueue> queue, int token)
    : queue_(std::move(queue)), exceptions_(std::uncaught_exceptions()) {
  if (queue_ == nullptr) return;
  lock_ = std::unique_lock<std::mutex>(queue_->mutex_);
  if (queue_->is_closed_) return;
  try {
    auto& slices = queue_->slices_;
    // Losses are told at the beginning of a slice, so the event after a loss begins another one.
    const bool ends_slice =
        slices.empty() || slices.back().events >= EventSlice::kMaxEvents || queue_->lost_since_ > 0;
    if (ends_slice) slices.push_back(queue_->ready_->TakeSpare());
    slices.back().lost_before += std::exchange(queue_->lost_since_, 0);
    auto& numbers = slices.back().numbers;
    numbers.insert(numbers.end(), {static_cast<double>(token), NowMs(), 0, 0});
  } catch (const std::bad_alloc&) {
    Lose();
    return;
  }
  EventSlice& slice = queue_->slices_.back();
  payload_start_ = slice.numbers.size();
  strings_start_ = slice.strings.size();
  slice_ = &slice;
}

EventQueue::Event::~Event() {
  if (slice_ == nullptr) return;
  if (std::uncaught_exceptions() > exceptions_) {
    slice_->numbers.resize(payload_start_ - 4);
    slice_->strings.resize(strings_start_);
    Lose();
    return;
  }
  slice_->numbers[payload_start_ - 2] = static_cast<double>(slice_->numbers.size() - payload_start_);
  slice_->numbers[payload_start_ - 1] = static_cast<double>(slice_->strings.size() - strings_start_);
  ++slice_->events;
  const int pending = queue_->AddPending(1);
  // Pauses under the lock, so that the pause comes before anything that the loop's thread does with this
  // event. The pause is repeated from time to time, because the loop's thread may just have allowed reading
  // again.
  if (queue_->IsFull(pending) && (queue_->may_read.exchange(false) || pending % 1024 == 0))
    EventBridge::Instance().ApplyReading(*queue_->owner, queue_->may_read);
  MakeReady();
}

void EventQueue::Event::Lose() noexcept {
  ++queue_->lost_;
  ++queue_->lost_since_;
  MakeReady();
}

void EventQueue::Event::MakeReady() noexcept {
  const bool was_ready = std::exchange(queue_->is_ready_, true);
  lock_.unlock();
  if (!was_ready) queue_->ready_->Append(queue_);
}

EventQueue::Event& EventQueue::Event::Domain(virDomainPtr domain) {
  if (slice_ == nullptr) return *this;
  const DomainIdentity identity = IdentityOf(domain);
  return Number(queue_->Intern(identity, slice_)).Number(identity.id);
}

int EventQueue::Intern(const DomainIdentity& identity, EventSlice* slice) {
  identity_key_.assign(reinterpret_cast<const char*>(identity.uuid.data()), identity.uuid.size());
  identity_key_.append(identity.name);
  const auto found = identities_.find(identity_key_);
  if (found != identities_.end()) return found->second;

  if (identities_.size() >= kMaxIdentities && slice->events == 0 && slice->identities.empty()) {
    identities_.clear();
    slice->resets_identities = true;
  }
  const int index = static_cast<int>(identities_.size());
  std::string name = identity.name;
  std::string uuid = FormatUuid(identity.uuid);
  // Everything that can run out of memory comes before the slice is changed. An index must never be given out
  // without its name and uuid, because JavaScript counts the pairs as we do.
  slice->identities.reserve(slice->identities.size() + 2);
  identities_.emplace(identity_key_, index);
  slice->identities.push_back(std::move(name));
  slice->identities.push_back(std::move(uuid));
  return index;
}

bool EventQueue::Take(EventSlice* slice) {
  slice->Clear();
  const std::lock_guard<std::mutex> lock(mutex_);
  if (slices_.empty()) {
    slice->lost_before = std::exchange(lost_since_, 0);
    return slice->lost_before > 0;
  }
  std::swap(*slice, slices_.front());
  ready_->GiveSpare(std::move(slices_.front()));
  slices_.pop_front();
  return true;
}

bool EventQueue::Leave() {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (!slices_.empty() || lost_since_ > 0) return false;
  is_ready_ = false;
  return true;
}

void EventQueue::Close() {
  in_javascript = 0;
  const std::lock_guard<std::mutex> lock(mutex_);
  is_closed_ = true;
  slices_.clear();
  lost_since_ = 0;
  identities_ = {};
  AddPending(-pending_);
}

}  // namespace rxvirt
