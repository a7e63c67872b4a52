// SPDX-License-Identifier: MIT
#include "event_bridge.h"

#include <fcntl.h>

#include <utility>

#include "libvirt_code.h"
#include "reaper.h"

namespace rxvirt {
namespace {

int AddHandle(int fd, int events, virEventHandleCallback callback, void* opaque,
              virFreeCallback free) noexcept {
  if (fcntl(fd, F_GETFD) < 0) return -1;
  return EventBridge::Instance().Add(SourceKind::kHandle, fd, events, reinterpret_cast<void*>(callback),
                                     opaque, free);
}
void UpdateHandle(int watch, int events) noexcept {
  EventBridge::Instance().Update(SourceKind::kHandle, watch, events);
}
int RemoveHandle(int watch) noexcept { return EventBridge::Instance().Remove(SourceKind::kHandle, watch); }
int AddTimeout(int frequency, virEventTimeoutCallback callback, void* opaque, virFreeCallback free) noexcept {
  return EventBridge::Instance().Add(SourceKind::kTimeout, -1, frequency, reinterpret_cast<void*>(callback),
                                     opaque, free);
}
void UpdateTimeout(int timer, int frequency) noexcept {
  EventBridge::Instance().Update(SourceKind::kTimeout, timer, frequency);
}
int RemoveTimeout(int timer) noexcept { return EventBridge::Instance().Remove(SourceKind::kTimeout, timer); }

}  // namespace

thread_local int LibvirtScope::depth_ = 0;

EventBridge& EventBridge::Instance() {
  static auto* bridge = new EventBridge;
  return *bridge;
}

void EventBridge::Register(std::shared_ptr<LoopWaker> waker) {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    waker_ = std::move(waker);
    home_ = std::this_thread::get_id();
  }
  virEventRegisterImpl(AddHandle, UpdateHandle, RemoveHandle, AddTimeout, UpdateTimeout, RemoveTimeout);
}

void EventBridge::End() {
  const std::lock_guard<std::mutex> lock(mutex_);
  ended_ = true;
  waker_.reset();
  home_ = std::thread::id{};
  changes_.clear();
  changed_ = false;
  // What libvirt has removed already is still owed its free callback; the loop that would run it is gone.
  for (SourceKind kind : {SourceKind::kHandle, SourceKind::kTimeout}) {
    auto& sources = table(kind).sources;
    for (auto each = sources.begin(); each != sources.end();) {
      if (each->second.removed) {
        own_frees_.push_back(each->second);
        each = sources.erase(each);
      } else {
        ++each;
      }
    }
  }
  for (const Source& source : own_frees_) RunOnReaper([this, source] { Free(source); });
  own_frees_.clear();
}

EventBridge::Source* EventBridge::Find(SourceKind kind, int id) {
  auto& sources = table(kind).sources;
  const auto found = sources.find(id);
  return found == sources.end() ? nullptr : &found->second;
}

bool EventBridge::MarkChanged(Key key, Source* source) {
  if (!source->queued) {
    source->queued = true;
    changes_.push_back(key);
    changed_ = true;
  }
  if (wake_sent_ || (LibvirtScope::IsOpen() && IsHome())) return false;
  wake_sent_ = true;
  return true;
}

int EventBridge::Add(SourceKind kind, int fd, int wanted, void* callback, void* opaque,
                     virFreeCallback free) noexcept {
  std::shared_ptr<LoopWaker> waker;
  int id = -1;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (ended_) return -1;
    id = ++table(kind).last_id;
    ++counts_.adds;
    auto& source =
        table(kind)
            .sources.emplace(id, Source{fd, wanted, callback, opaque, free, IsLibvirtCode(callback)})
            .first->second;
    if (MarkChanged({kind, id}, &source)) waker = waker_;
  }
  if (waker) waker->Wake();
  return id;
}

void EventBridge::Update(SourceKind kind, int id, int wanted) noexcept {
  std::shared_ptr<LoopWaker> waker;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    Source* source = Find(kind, id);
    if (source == nullptr || source->removed) return;
    // libvirt's client sets its mask anew after each message; for a timeout the same period re-arms it.
    if (kind == SourceKind::kHandle && source->wanted == wanted) return;
    source->wanted = wanted;
    ++source->generation;
    if (ended_) return;
    if (MarkChanged({kind, id}, source)) waker = waker_;
  }
  if (waker) waker->Wake();
}

int EventBridge::Remove(SourceKind kind, int id) noexcept {
  std::shared_ptr<LoopWaker> waker;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    Source* source = Find(kind, id);
    if (source == nullptr || source->removed) return -1;
    source->removed = true;
    if (ended_) {
      RunOnReaper([this, removed = *source] { Free(removed); });
      table(kind).sources.erase(id);
      return 0;
    }
    if (MarkChanged({kind, id}, source)) waker = waker_;
  }
  if (waker) waker->Wake();
  return 0;
}

size_t EventBridge::WaitingChanges() {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (changes_.empty()) changed_ = wake_sent_ = false;
  return changes_.size();
}

std::optional<SourceChange> EventBridge::NextChange() {
  const std::lock_guard<std::mutex> lock(mutex_);
  using Action = SourceChange::Action;
  while (!changes_.empty()) {
    const Key key = changes_.front();
    changes_.pop_front();
    Source* source = Find(key.kind, key.id);
    if (source == nullptr) continue;
    source->queued = false;
    const auto change = [&](Action action) {
      return SourceChange{action, key.kind, key.id, source->fd, source->wanted};
    };
    if (source->removed) {
      if (source->known && !source->refused) return change(Action::kRemove);
      own_frees_.push_back(*source);
      table(key.kind).sources.erase(key.id);
    } else if (!source->known) {
      source->known = true;
      source->applied = source->wanted;
      source->applied_generation = source->generation;
      if (key.kind == SourceKind::kTimeout && source->is_libvirts && source->wanted < 0) {
        first_runs_.push_back(key.id);
      }
      return change(Action::kAdd);
    } else if (!source->refused) {
      const bool rearms = key.kind == SourceKind::kTimeout && source->wanted >= 0 &&
                          source->generation != source->applied_generation;
      const bool differs = source->wanted != source->applied;
      source->applied = source->wanted;
      source->applied_generation = source->generation;
      if (differs || rearms) return change(Action::kUpdate);
    }
  }
  changed_ = false;
  wake_sent_ = false;
  return std::nullopt;
}

void EventBridge::Refuse(SourceKind kind, int id) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (Source* source = Find(kind, id)) source->refused = true;
}

bool EventBridge::ForgetIfRefused(SourceKind kind, int id) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const Source* source = Find(kind, id);
  if (source == nullptr || !source->refused) return false;
  table(kind).sources.erase(id);
  --counts_.adds;
  return true;
}

EventBridge::Counts EventBridge::counts() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return counts_;
}

}  // namespace rxvirt
