// SPDX-License-Identifier: MIT
#pragma once
#include <memory>

#include "event_queue.h"

namespace rxvirt {

// Where the events of one registration go. libvirt owns it as the callback's opaque pointer and frees it
// with FreeEventTarget.
struct EventTarget {
  std::shared_ptr<EventQueue> queue;
  int token;
};

inline void FreeEventTarget(void* target) { delete static_cast<EventTarget*>(target); }

// Starts one event for the registration whose callback got `opaque`.
inline EventQueue::Event EventFor(void* opaque) {
  const auto& target = *static_cast<EventTarget*>(opaque);
  return EventQueue::Event(target.queue.get(), target.token);
}

}  // namespace rxvirt
