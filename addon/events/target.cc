// SPDX-License-Identifier: MIT
#include "events/target.h"

#include <utility>

#include "node/never_destroyed.h"

namespace rxvirt {

EventTargets& EventTargets::Instance() {
  static NeverDestroyed<EventTargets> targets;  // libvirt may call back until the process has ended
  return *targets;
}

void* EventTargets::Add(EventTarget target) {
  const std::lock_guard<std::mutex> lock(mutex_);
  void* const opaque = reinterpret_cast<void*>(++last_);
  targets_.emplace(opaque, std::move(target));
  return opaque;
}

EventTarget EventTargets::Find(void* opaque) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto found = targets_.find(opaque);
  return found == targets_.end() ? EventTarget{} : found->second;
}

void EventTargets::Remove(void* opaque) {
  decltype(targets_)::node_type removed;  // destroyed after the lock is released
  const std::lock_guard<std::mutex> lock(mutex_);
  removed = targets_.extract(opaque);
}

}  // namespace rxvirt
