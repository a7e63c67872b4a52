// SPDX-License-Identifier: MIT
// The bridge's calls into libvirt, on the home thread.
#include <poll.h>
#include <uv.h>

#include <algorithm>

#include "loop/bridge.h"

namespace rxvirt {
namespace {

// How often a callback is called in a row. libvirt's client reads one message in each call. While there are
// more messages, the callback is called again at once. So only the first message has to take the way through
// the loop and JavaScript. The limit lets other watches get their turn.
constexpr int kMaxCalls = 256;
// How many calls are made from one look at the fd to the next. After some messages in a row more are likely,
// and a look costs a tenth of a message. One call too many does no harm. The client reads without blocking,
// because a call of a libvirt function on another thread may have read the socket first.
constexpr int kCallsBetweenLooks = 4;
// How long ReadPaused() leaves a connection unread. Shorter than any period of keepalive.
constexpr uint64_t kMaxUnreadNs = 900'000'000;

bool IsReadable(int fd) {
  pollfd file{fd, POLLIN, 0};
  return poll(&file, 1, 0) == 1 && file.revents == POLLIN;
}

}  // namespace

// Marks a callback of `owner` as running while it exists; `owner` may be nullptr. The lock must be held, and
// is unlocked while this exists.
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
  // Callbacks of other code belong to no connection. They are called only once, because nobody knows whether
  // they read.
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

void EventBridge::ReadPaused() {
  std::unique_lock<std::mutex> lock(mutex_);
  bool has_paused = false;
  std::vector<int> unread;
  const uint64_t now_ns = uv_hrtime();
  for (const auto& [id, source] : handles_.sources) {
    if (!source.is_libvirts || source.owner == nullptr || !source.owner->is_paused || !source.IsServed())
      continue;
    has_paused = true;
    if (now_ns - source.owner->unread_since_ns >= kMaxUnreadNs) unread.push_back(id);
  }
  has_paused_ = has_paused;  // after all that can fail
  for (const int id : unread) {
    const Source* source = Find(SourceKind::kHandle, id);  // the one before may have removed it
    if (source == nullptr || !source->IsServed() || (source->setting & VIR_EVENT_HANDLE_READABLE) == 0)
      continue;
    source->owner->unread_since_ns = now_ns;
    const int fd = source->fd;
    if (!IsReadable(fd)) continue;
    const auto callback = reinterpret_cast<virEventHandleCallback>(source->callback);
    void* const opaque = source->opaque;
    const OwnerScope scope(source->owner);
    const Running running(this, &lock, scope.owner().get());
    callback(id, fd, VIR_EVENT_HANDLE_READABLE, opaque);
  }
}

void EventBridge::RunTimeout(int id) {
  std::unique_lock<std::mutex> lock(mutex_);
  Source* source = Find(SourceKind::kTimeout, id);
  if (source == nullptr || !source->IsServed() || source->setting < 0) return;
  // Another thread has changed the timeout since this tick was set. The new period counts from that change.
  if (source->updated) return;
  if (source->rearmed_ns != 0 && source->LeftMs() > 0) {
    (void)MarkChanged(source);
    return;
  }
  source->rearmed_ns = 0;
  if (source->applied != source->setting) {  // this tick was set for the rest of a period
    source->updated = true;
    (void)MarkChanged(source);
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

void EventBridge::Hold(SourceKind kind, int id) {
  const std::lock_guard<std::mutex> lock(mutex_);
  Source* source = Find(kind, id);
  if (source == nullptr || source->removed) return;
  source->is_held = true;
  source->updated = true;
  (void)MarkChanged(source);  // in the home's LibvirtScope
}

void EventBridge::EndHold(SourceKind kind, int id) {
  std::shared_ptr<LoopWaker> waker;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    Source* source = Find(kind, id);
    if (source == nullptr || !source->is_held) return;
    source->is_held = false;
    source->updated = true;
    if (MarkChanged(source)) waker = waker_;
  }
  if (waker) waker->Wake();
}

bool EventBridge::RunFree(SourceKind kind, int id) {
  FreeCall call{};
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    const Source* source = Find(kind, id);
    // A thread may give up the loop and get it again. Then it may still run frees from the first time.
    if (source == nullptr || !source->is_freeable) return false;
    call = source->free_call();
    Erase(kind, id);
  }
  Free(call);
  return true;
}

void EventBridge::TakeFree(SourceKind kind, int id) {
  const std::lock_guard<std::mutex> lock(mutex_);
  Source* source = Find(kind, id);
  if (source == nullptr || !source->removed) return;
  source->known = false;  // so NextChange() does the same, if the source has another change
  own_frees_.splice(own_frees_.end(), source->place);
}

void EventBridge::RunFirsts() {
  std::unique_lock<std::mutex> lock(mutex_);
  Places firsts;
  firsts.swap(first_runs_);
  for (const SourceKey& key : firsts) {
    const Source* source = Find(key.kind, key.id);
    if (source != nullptr && source->IsServed()) CallTimeout(&lock, key.id, *source);
  }
}

void EventBridge::RunOwnFrees() {
  for (;;) {
    FreeCall call{};
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      if (own_frees_.empty()) return;
      const SourceKey key = own_frees_.front();
      own_frees_.pop_front();
      const Source* source = Find(key.kind, key.id);
      if (source == nullptr) continue;
      call = source->free_call();
      Erase(key.kind, key.id);
    }
    Free(call);
  }
}

void EventBridge::Free(const FreeCall& call) {
  if (call.free != nullptr) call.free(call.opaque);
  const std::lock_guard<std::mutex> lock(mutex_);
  ++counts_.frees;
}

}  // namespace rxvirt
