// SPDX-License-Identifier: MIT
// The bridge's calls into libvirt, on the home thread.
#include <poll.h>
#include <uv.h>

#include <utility>

#include "event_bridge.h"

namespace rxvirt {
namespace {

constexpr int kAlwaysReported = VIR_EVENT_HANDLE_ERROR | VIR_EVENT_HANDLE_HANGUP;

// libvirt's client reads one message for each call. Calling it again while there are more spares each but
// the first the way through the loop and JavaScript; bounded, so that other watches get their turn.
constexpr int kMaxCalls = 64;
constexpr int kCallsBetweenLooks = 8;  // at the clock

}  // namespace

// Marks a callback of `owner` as under way, if it has one. Entered with the lock held; unlocks it for its
// time.
class EventBridge::Running {
 public:
  Running(EventBridge* bridge, std::unique_lock<std::mutex>* lock, const std::shared_ptr<SourceOwner>& owner)
      : bridge_(bridge), lock_(lock), scope_(owner) {
    if (owner != nullptr) ++owner->running;
    lock_->unlock();
  }
  ~Running() {
    lock_->lock();
    SourceOwner* const owner = scope_.owner().get();
    if (owner == nullptr) return;
    --owner->running;
    if (owner->is_abandoned) bridge_->callback_ended_.notify_all();
  }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

 private:
  EventBridge* bridge_;
  std::unique_lock<std::mutex>* lock_;
  OwnerScope scope_;
};

void EventBridge::RunHandle(int id, int bits, uint64_t deadline_ns) {
  std::unique_lock<std::mutex> lock(mutex_);
  for (int calls = 0; calls < kMaxCalls; ++calls) {
    const Source* source = Find(SourceKind::kHandle, id);
    if (source == nullptr || !source->IsServed()) return;
    const int wanted = source->Effective(SourceKind::kHandle);
    if (wanted == 0) return;
    bits &= wanted | kAlwaysReported;
    if (bits == 0) return;
    const auto callback = reinterpret_cast<virEventHandleCallback>(source->callback);
    void* const opaque = source->opaque;
    pollfd file{source->fd, POLLIN, 0};
    // Other code's callbacks belong to no connection, and are called once: nobody knows whether they read.
    if (!source->is_libvirts) {
      lock.unlock();
      callback(id, file.fd, bits, opaque);
      return;
    }
    const Running running(this, &lock, source->owner);
    callback(id, file.fd, bits, opaque);
    if (bits != VIR_EVENT_HANDLE_READABLE) return;
    if (calls % kCallsBetweenLooks == 0 && uv_hrtime() >= deadline_ns) return;
    if (poll(&file, 1, 0) != 1 || file.revents != POLLIN) return;
  }
}

void EventBridge::RunTimeout(int id) {
  std::unique_lock<std::mutex> lock(mutex_);
  const Source* source = Find(SourceKind::kTimeout, id);
  if (source == nullptr || !source->IsServed() || source->wanted < 0) return;
  // Re-armed from another thread since this tick was set: the new period counts from then.
  if (source->generation != source->applied_generation) return;
  CallTimeout(&lock, id, *source);
}

void EventBridge::CallTimeout(std::unique_lock<std::mutex>* lock, int id, const Source& source) {
  const auto callback = reinterpret_cast<virEventTimeoutCallback>(source.callback);
  void* const opaque = source.opaque;
  const Running running(this, lock, source.owner);
  callback(id, opaque);
}

bool EventBridge::RunFree(SourceKind kind, int id) {
  std::optional<Source> freed;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    const Source* source = Find(kind, id);
    if (source == nullptr || !source->removed) return false;
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
