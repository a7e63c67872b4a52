// SPDX-License-Identifier: MIT
#pragma once
#include <cstdint>
#include <memory>
#include <mutex>
#include <unordered_map>

#include "events/queue.h"

namespace rxvirt {

// Where the events of one registration go.
struct EventTarget {
  std::shared_ptr<EventQueue> queue;  // nullptr: events are dropped
  int token = 0;
};

// The targets of the process. The opaque pointer of a callback is the target's number, not its address.
// libvirt doesn't always free an opaque pointer exactly once:
// - When a registration fails, its target stays with the caller. But if the connection is dispatching an
//   event at that time, libvirt frees the target as well, afterwards (virObjectEventStateDeregisterID, seen
//   in 9.0.0).
// - A driver that doesn't report the connection's end (test, esx) accepts the close callback, but never frees
//   its target.
// So the code that registers a target also removes it. Any thread.
class EventTargets {
 public:
  static EventTargets& Instance();

  [[nodiscard]] void* Add(EventTarget target);
  // Returns an empty target after Remove().
  [[nodiscard]] EventTarget Find(void* opaque);
  // Idempotent.
  void Remove(void* opaque);

 private:
  std::mutex mutex_;
  uintptr_t last_ = 0;  // numbers are never reused
  std::unordered_map<void*, EventTarget> targets_;
};

inline void FreeEventTarget(void* opaque) { EventTargets::Instance().Remove(opaque); }

// Starts one event for the registration whose callback got `opaque`.
inline EventQueue::Event EventFor(void* opaque) {
  EventTarget target = EventTargets::Instance().Find(opaque);
  return EventQueue::Event(std::move(target.queue), target.token);
}

}  // namespace rxvirt
