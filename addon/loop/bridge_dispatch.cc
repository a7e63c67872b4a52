// SPDX-License-Identifier: MIT
// The bridge's calls into libvirt, on the home thread.
#include <uv.h>

#include <algorithm>
#include <utility>

#include "loop/bridge.h"
#include "loop/reading_to_end.h"
#include "node/now_ms.h"

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
  SourceOwner* const owner = scope.owner().get();
  const uint64_t until_ns = std::min(budget.until_ns, uv_hrtime() + budget.share_ns);
  if (owner != nullptr && source->MaskOf(mask) != 0) NoteReady(*owner, fd, mask);
  ReadingToEnd to_end(fd);
  for (int calls = 0; calls < kMaxCalls; ++calls) {
    mask = source->MaskOf(mask);
    if (mask == 0) return;
    const bool reads_first = (source->setting & VIR_EVENT_HANDLE_READABLE) != 0 && to_end.ReadsFirst(mask);
    const int told = reads_first ? VIR_EVENT_HANDLE_READABLE : mask;
    // First: whoever takes the event has to see that more may wait.
    if (owner != nullptr && told == VIR_EVENT_HANDLE_READABLE) owner->received.NoteMessage();
    {
      const Running running(this, &lock, owner);
      callback(id, fd, told, opaque);
    }
    if (told != VIR_EVENT_HANDLE_READABLE) return;
    // libvirt closes an fd after it has removed the watch. Then the number may be that of another file.
    source = Find(SourceKind::kHandle, id);
    if (source == nullptr || source->removed) return;
    if (!reads_first) {
      if (calls > kCallsBetweenLooks && calls % kCallsBetweenLooks != 0) continue;
      if (!HasMore(owner, fd)) return;
    }
    if (uv_hrtime() >= until_ns) return;
  }
}

bool EventBridge::HasMore(SourceOwner* owner, int fd) {
  const int unread = UnreadBytes(fd);
  if (unread > 0) {
    if (owner != nullptr) owner->received.NoteUnread(unread);
    return true;
  }
  const double looked_ms = NowMs();  // first: a message may come just after the look
  const int found = Look(fd, POLLIN);
  if (found == 0 && owner != nullptr) owner->received.NoteEmpty(looked_ms);
  return found == POLLIN;
}

bool EventBridge::ReadMessage(std::unique_lock<std::mutex>* lock, const std::shared_ptr<SourceOwner>& owner) {
  for (const SourceKey& key : owner->sources) {
    const Source* source = FindReader(key);
    if (source == nullptr || Look(source->fd, POLLIN) != POLLIN) continue;
    const int id = key.id;
    const int fd = source->fd;
    NoteReady(*owner, fd, VIR_EVENT_HANDLE_READABLE);
    owner->received.NoteMessage();
    const auto callback = reinterpret_cast<virEventHandleCallback>(source->callback);
    void* const opaque = source->opaque;
    const OwnerScope scope(owner);
    const Running running(this, lock, owner.get());
    callback(id, fd, VIR_EVENT_HANDLE_READABLE, opaque);
    return true;  // the owner may have other sources now
  }
  return false;
}

void EventBridge::ReadBeforeCalls(const std::shared_ptr<SourceOwner>& owner) {
  std::unique_lock<std::mutex> lock(mutex_);
  if (owner->is_paused) (void)ReadMessage(&lock, owner);
}

EventBridge::Source* EventBridge::TakeTick(int id) {
  Source* source = Find(SourceKind::kTimeout, id);
  if (source == nullptr || !source->IsServed() || source->setting < 0) return nullptr;
  // Another thread has changed the timeout since this tick was set. The new period counts from that change.
  if (source->updated) return nullptr;
  if (source->rearmed_ns != 0 && source->LeftMs() > 0) {
    (void)MarkChanged(source);
    return nullptr;
  }
  source->rearmed_ns = 0;
  if (source->applied != source->setting) {  // this tick was set for the rest of a period
    source->updated = true;
    (void)MarkChanged(source);
  }
  return source;
}

void EventBridge::RunTimeout(int id) {
  std::unique_lock<std::mutex> lock(mutex_);
  Source* const source = TakeTick(id);
  if (source == nullptr) return;
  const auto owner = source->owner;
  if (source->is_libvirts && source->setting > 0 && owner != nullptr) {
    const bool was_paused = std::exchange(owner->was_paused, owner->is_paused);
    if (was_paused && ReadMessage(&lock, owner)) return;
    if (DelaysKeepAlive(*owner, was_paused)) return;
  }
  CallTimeout(&lock, id, source);
}

void EventBridge::CallTimeout(std::unique_lock<std::mutex>* lock, int id, Source* source) {
  const auto callback = reinterpret_cast<virEventTimeoutCallback>(source->callback);
  void* const opaque = source->opaque;
  const OwnerScope scope(source->owner);
  const bool delays_end = source->delays_end;
  source->is_running = true;
  {
    const Running running(this, lock, scope.owner().get());
    callback(id, opaque);
  }
  source = Find(SourceKind::kTimeout, id);
  if (source == nullptr) return;
  source->is_running = false;
  // A run that had begun before the end was told may have missed what was read last.
  if (!delays_end && !source->removed) return;
  const EndNews news = EndDelay(source);
  lock->unlock();
  news.Tell();
  lock->lock();
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

void EventBridge::RunAskedFor() {
  std::unique_lock<std::mutex> lock(mutex_);
  Places runs;
  runs.swap(runs_);
  while (!runs.empty()) {
    const SourceKey key = runs.front();
    Source* source = Find(key.kind, key.id);
    if (source == nullptr) {
      runs.pop_front();
      continue;
    }
    source->run.splice(source->run.end(), runs, runs.begin());
    if (source->IsServed()) CallTimeout(&lock, key.id, source);
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
