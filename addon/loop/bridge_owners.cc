// SPDX-License-Identifier: MIT
// What the bridge does for all sources of one connection.
#include <sys/socket.h>

#include "loop/bridge.h"
#include "node/now_ms.h"

namespace rxvirt {

bool EventBridge::MarkAllChanged(const SourceOwner& owner) {
  bool wakes = false;
  for (const SourceKey& key : owner.sources) {
    if (Source* source = Find(key.kind, key.id)) wakes = MarkChanged(source) || wakes;
  }
  return wakes;
}

const EventBridge::Source* EventBridge::FindReader(const SourceKey& key) const {
  const Source* source = key.kind == SourceKind::kHandle ? Find(key.kind, key.id) : nullptr;
  const bool reads = source != nullptr && (source->setting & VIR_EVENT_HANDLE_READABLE) != 0;
  return reads && source->IsServed() ? source : nullptr;
}

void EventBridge::ApplyReading(SourceOwner& owner, const std::atomic<bool>& may_read) {
  std::shared_ptr<LoopWaker> waker;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    const bool is_paused = !may_read;
    if (std::exchange(owner.is_paused, is_paused) == is_paused) return;
    owner.was_paused |= is_paused;
    if (MarkAllChanged(owner)) waker = waker_;
  }
  if (waker) waker->Wake();
}

void EventBridge::SetOpening(SourceOwner& owner, bool is_opening) {
  std::shared_ptr<LoopWaker> waker;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    owner.is_opening = is_opening;
    owner.received.Begin(NowMs());  // nothing was read that could be an event
    if (!is_opening && MarkAllChanged(owner)) waker = waker_;
  }
  if (waker) waker->Wake();
}

void EventBridge::Abandon(SourceOwner& owner) {
  std::shared_ptr<LoopWaker> waker;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    owner.is_abandoned = true;
    if (MarkAllChanged(owner)) waker = waker_;
  }
  if (waker) waker->Wake();
}

void EventBridge::CutOff(SourceOwner& owner) {
  Abandon(owner);
  const std::lock_guard<std::mutex> lock(mutex_);
  owner.is_cut_off = true;
  for (const SourceKey& key : owner.sources) {
    const Source* source = key.kind == SourceKind::kHandle ? Find(key.kind, key.id) : nullptr;
    // libvirt removes a watch before it closes the fd. So until it is removed, the number belongs to its
    // socket.
    if (source != nullptr && !source->removed) (void)shutdown(source->fd, SHUT_RDWR);
  }
}

bool EventBridge::IsCutOff(const SourceOwner& owner) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return owner.is_cut_off;
}

bool EventBridge::HasSocket(const SourceOwner& owner) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return owner.has_socket;
}

bool EventBridge::HasSourcesOfJavaScript() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  for (const Table* each : {&handles_, &timeouts_}) {
    for (const auto& [id, source] : each->sources) {
      if (!source.removed && source.owner != nullptr && source.owner->waker != nullptr) return true;
    }
  }
  return false;
}

bool EventBridge::HasActive(const SourceOwner& owner) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return owner.active > 0;
}

void EventBridge::NoteActive(SourceKind kind, const Source& source, int change) {
  const bool is_active = kind == SourceKind::kHandle ? source.setting != 0 : source.setting >= 0;
  if (source.owner != nullptr && is_active) source.owner->active += change;
}

void EventBridge::TellOwner(const Source& source) {
  if (is_native_ && source.owner != nullptr && source.owner->waker != nullptr) source.owner->waker->Wake();
}

void EventBridge::AbandonAndWait(SourceOwner& owner) {
  Abandon(owner);
  std::unique_lock<std::mutex> lock(mutex_);
  callback_ended_.wait(lock, [&owner] { return owner.running == 0; });
}

}  // namespace rxvirt
