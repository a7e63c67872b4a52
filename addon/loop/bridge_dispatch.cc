// SPDX-License-Identifier: MIT
// The bridge's calls into libvirt, on the home thread.
#include <poll.h>
#include <uv.h>

#include <algorithm>
#include <utility>

#include "loop/bridge.h"

namespace rxvirt {
namespace {

// libvirt's client reads one message for each call. Calling it again while there are more spares each but
// the first the way through the loop and JavaScript; bounded, so that other watches get their turn.
constexpr int kMaxCalls = 256;
// After some messages in a row more are likely, and looking whether there are costs a tenth of a message. One
// call too many does no harm: the client reads without blocking, for a call may have read its socket before
// it.
constexpr int kCallsBetweenLooks = 4;

bool IsReadable(int fd) {
  pollfd file{fd, POLLIN, 0};
  return poll(&file, 1, 0) == 1 && file.revents == POLLIN;
}

}  // namespace

// Marks a callback of `owner` as under way, if it has one. Entered with the lock held; unlocks it for its
// time.
class EventBridge::Running {
 public:
  Running(EventBridge* bridge, std::unique_lock<std::mutex>* lock, SourceOwner* owner)
      : bridge_(bridge), lock_(lock), owner_(owner) {
    if (owner_ != nullptr) ++owner_->running;
    lock_->unlock();
  }
  ~Running() {
    lock_->lock();
    if (owner_ == nullptr) return;
    --owner_->running;
    if (owner_->is_abandoned) bridge_->callback_ended_.notify_all();
  }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

 private:
  EventBridge* bridge_;
  std::unique_lock<std::mutex>* lock_;
  SourceOwner* owner_;
};

void EventBridge::RunHandle(int id, int mask, const ReadingBudget& budget) {
  std::unique_lock<std::mutex> lock(mutex_);
  const Source* source = Find(SourceKind::kHandle, id);
  if (source == nullptr) return;
  const int fd = source->fd;
  const auto callback = reinterpret_cast<virEventHandleCallback>(source->callback);
  void* const opaque = source->opaque;
  // Other code's callbacks belong to no connection, and are called once: nobody knows whether they read.
  if (!source->is_libvirts) {
    mask = source->MaskOf(mask);
    lock.unlock();
    if (mask != 0) callback(id, fd, mask, opaque);
    return;
  }
  const OwnerScope scope(source->owner);
  const uint64_t until_ns = std::min(budget.until_ns, uv_hrtime() + budget.share_ns);
  for (int calls = 0; calls < kMaxCalls; ++calls) {
    if (calls > 0) source = Find(SourceKind::kHandle, id);
    mask = source == nullptr ? 0 : source->MaskOf(mask);
    if (mask == 0) return;
    {
      const Running running(this, &lock, scope.owner().get());
      callback(id, fd, mask, opaque);
    }
    if (mask != VIR_EVENT_HANDLE_READABLE) return;
    if (calls > kCallsBetweenLooks && calls % kCallsBetweenLooks != 0) continue;
    if (!IsReadable(fd) || uv_hrtime() >= until_ns) return;
  }
}

void EventBridge::RunTimeout(int id) {
  std::unique_lock<std::mutex> lock(mutex_);
  Source* source = Find(SourceKind::kTimeout, id);
  if (source == nullptr || !source->IsServed() || source->setting < 0) return;
  // Changed from another thread since this tick was set: the new period counts from then.
  if (source->updated) return;
  if (source->rearmed_ns != 0 && source->LeftMs() > 0) {
    (void)MarkChanged({SourceKind::kTimeout, id}, source);
    return;
  }
  source->rearmed_ns = 0;
  if (source->applied != source->setting) {  // it was the rest of a period
    source->updated = true;
    (void)MarkChanged({SourceKind::kTimeout, id}, source);
  }
  CallTimeout(&lock, id, *source);
}

void EventBridge::CallTimeout(std::unique_lock<std::mutex>* lock, int id, const Source& source) {
  const auto callback = reinterpret_cast<virEventTimeoutCallback>(source.callback);
  void* const opaque = source.opaque;
  const OwnerScope scope(source.owner);
  const Running running(this, lock, scope.owner().get());
  callback(id, opaque);
}

bool EventBridge::RunFree(SourceKind kind, int id) {
  std::optional<Source> freed;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    const Source* source = Find(kind, id);
    // A loop that was given up may still have frees to run when its thread has the loop again.
    if (source == nullptr || !source->is_freeable) return false;
    freed = *source;
    Erase(kind, id);
  }
  Free(*freed);
  return true;
}

void EventBridge::TakeFree(SourceKind kind, int id) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const Source* source = Find(kind, id);
  if (source == nullptr || !source->removed) return;
  own_frees_.push_back(*source);
  Erase(kind, id);
}

void EventBridge::RunFirsts() {
  std::unique_lock<std::mutex> lock(mutex_);
  for (const int id : std::exchange(first_runs_, {})) {
    const Source* source = Find(SourceKind::kTimeout, id);
    if (source != nullptr && source->IsServed()) CallTimeout(&lock, id, *source);
  }
}

void EventBridge::RunOwnFrees() {
  for (;;) {
    std::deque<Source> frees;
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      frees.swap(own_frees_);
    }
    if (frees.empty()) return;
    for (const Source& source : frees) Free(source);
  }
}

void EventBridge::Free(const Source& source) {
  if (source.free != nullptr) source.free(source.opaque);
  const std::lock_guard<std::mutex> lock(mutex_);
  ++counts_.frees;
}

}  // namespace rxvirt
