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
  std::shared_ptr<EventQueue> queue;  // nullptr: nowhere
  int token = 0;
};

// The targets of the process. libvirt is given a target's number as the callback's opaque pointer, and not
// its address, since libvirt doesn't always free what it was given exactly once:
// - A registration that fails leaves its target to the caller. But while the connection dispatches an event,
//   libvirt frees it all the same, afterwards (virObjectEventStateDeregisterID, seen in 9.0.0).
// - A driver without notices of the connection's end (test, esx) takes the callback, and never frees its
//   target.
// So who registers removes, too. Any thread.
class EventTargets {
 public:
  static EventTargets& Instance();

  [[nodiscard]] void* Add(EventTarget target);
  // Nowhere, once it is removed.
  [[nodiscard]] EventTarget Find(void* opaque);
  // May be called again.
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
