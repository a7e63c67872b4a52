// SPDX-License-Identifier: MIT
// The bridge's calls into libvirt, on the home thread.
#include <poll.h>

#include "event_bridge.h"

namespace rxvirt {
namespace {

constexpr int kAlwaysReported = VIR_EVENT_HANDLE_ERROR | VIR_EVENT_HANDLE_HANGUP;

// libvirt's client reads one message for each call. Calling it again while there are more spares each but
// the first the way through the loop and JavaScript; bounded, so that other watches get their turn. Other
// code's callbacks are called once: nobody knows whether they read.
constexpr int kMaxCalls = 64;

}  // namespace

void EventBridge::RunHandle(int id, int bits) {
  for (int calls = 0; calls < kMaxCalls; ++calls) {
    virEventHandleCallback callback = nullptr;
    void* opaque = nullptr;
    pollfd file{};
    bool is_libvirts = false;
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      const Source* source = Find(SourceKind::kHandle, id);
      if (source == nullptr || source->removed || source->wanted == 0) return;
      bits &= source->wanted | kAlwaysReported;
      callback = reinterpret_cast<virEventHandleCallback>(source->callback);
      opaque = source->opaque;
      file.fd = source->fd;
      is_libvirts = source->is_libvirts;
    }
    if (bits == 0) return;
    callback(id, file.fd, bits, opaque);
    if (bits != VIR_EVENT_HANDLE_READABLE || !is_libvirts) return;
    file.events = POLLIN;
    if (poll(&file, 1, 0) != 1 || file.revents != POLLIN) return;
  }
}

void EventBridge::RunTimeout(int id) {
  virEventTimeoutCallback callback = nullptr;
  void* opaque = nullptr;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    const Source* source = Find(SourceKind::kTimeout, id);
    if (source == nullptr || source->removed || source->wanted < 0) return;
    // Re-armed from another thread since this tick was set: the new period counts from then.
    if (source->generation != source->applied_generation) return;
    callback = reinterpret_cast<virEventTimeoutCallback>(source->callback);
    opaque = source->opaque;
  }
  callback(id, opaque);
}

bool EventBridge::RunFree(SourceKind kind, int id) {
  std::optional<Source> freed;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    const Source* source = Find(kind, id);
    if (source == nullptr || !source->removed) return false;
    freed = *source;
    table(kind).sources.erase(id);
  }
  Free(*freed);
  return true;
}

void EventBridge::TakeFree(SourceKind kind, int id) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const Source* source = Find(kind, id);
  if (source == nullptr || !source->removed) return;
  own_frees_.push_back(*source);
  table(kind).sources.erase(id);
}

void EventBridge::RunFirsts() {
  std::vector<int> ids;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    ids.swap(first_runs_);
  }
  for (const int id : ids) {
    virEventTimeoutCallback callback = nullptr;
    void* opaque = nullptr;
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      const Source* source = Find(SourceKind::kTimeout, id);
      if (source == nullptr || source->removed) continue;
      callback = reinterpret_cast<virEventTimeoutCallback>(source->callback);
      opaque = source->opaque;
    }
    callback(id, opaque);
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
