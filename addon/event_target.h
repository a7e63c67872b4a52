// SPDX-License-Identifier: MIT
#pragma once
#include <memory>

#include "event_batch.h"

namespace rxvirt {

// Where the events of one registration go. libvirt owns it as the callback's opaque pointer and frees it
// with FreeEventTarget.
struct EventTarget {
  std::shared_ptr<EventBatch> batch;
  int token;
};

inline void FreeEventTarget(void* target) noexcept { delete static_cast<EventTarget*>(target); }

// Starts one event for the registration whose callback got `opaque`.
inline EventBatch::Event EventFor(void* opaque) {
  const auto& target = *static_cast<EventTarget*>(opaque);
  return EventBatch::Event(target.batch.get(), target.token);
}

}  // namespace rxvirt
