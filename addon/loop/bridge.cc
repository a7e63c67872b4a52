// SPDX-License-Identifier: MIT
#include "loop/bridge.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <uv.h>

#include <algorithm>
#include <new>
#include <utility>

#include "calls/reaper.h"
#include "library/functions.h"
#include "loop/libvirt_code.h"
#include "node/from_c.h"

namespace rxvirt {
namespace {

int AddHandle(int fd, int events, virEventHandleCallback callback, void* opaque, virFreeCallback free) {
  if (fcntl(fd, F_GETFD) < 0) return -1;
  return EventBridge::Instance().Add(SourceKind::kHandle, fd, events, reinterpret_cast<void*>(callback),
                                     opaque, free);
}
void UpdateHandle(int watch, int events) {
  EventBridge::Instance().Update(SourceKind::kHandle, watch, events);
}
int RemoveHandle(int watch) { return EventBridge::Instance().Remove(SourceKind::kHandle, watch); }
int AddTimeout(int frequency, virEventTimeoutCallback callback, void* opaque, virFreeCallback free) {
  return EventBridge::Instance().Add(SourceKind::kTimeout, -1, frequency, reinterpret_cast<void*>(callback),
                                     opaque, free);
}
void UpdateTimeout(int timer, int frequency) {
  EventBridge::Instance().Update(SourceKind::kTimeout, timer, frequency);
}
int RemoveTimeout(int timer) { return EventBridge::Instance().Remove(SourceKind::kTimeout, timer); }

}  // namespace

int EventBridge::Source::Effective(SourceKind kind) const {
  if (is_held) return kind == SourceKind::kHandle ? 0 : -1;
  if (kind == SourceKind::kTimeout) return LeftMs();
  if (owner != nullptr && owner->is_opening) return 0;
  const bool is_paused = owner != nullptr && owner->is_paused;
  return is_paused ? setting & ~VIR_EVENT_HANDLE_READABLE : setting;
}

int EventBridge::Source::LeftMs() const {
  if (rearmed_ns == 0) return setting;
  const uint64_t past_ms = (uv_hrtime() - rearmed_ns) / 1'000'000;
  return setting - static_cast<int>(std::min<uint64_t>(past_ms, static_cast<uint64_t>(setting)));
}

int EventBridge::Source::MaskOf(int ready) const {
  const int mask = Effective(SourceKind::kHandle);
  if (mask == 0 || !IsServed()) return 0;
  return ready & (mask | VIR_EVENT_HANDLE_ERROR | VIR_EVENT_HANDLE_HANGUP);
}

void EventBridge::Register(std::shared_ptr<LoopWaker> waker) {
  bool is_first = false;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    waker_ = waker;
    home_ = waker.get();
    home_thread_ = std::this_thread::get_id();
    ended_ = false;
    is_first = !std::exchange(is_registered_, true);
    for (SourceKind kind : {SourceKind::kHandle, SourceKind::kTimeout}) {
      for (auto& [id, source] : table(kind).sources) (void)MarkChanged(&source);
    }
  }
  if (is_first) {
    virEventRegisterImpl(FromC<AddHandle>, FromC<UpdateHandle>, FromC<RemoveHandle>, FromC<AddTimeout>,
                         FromC<UpdateTimeout>, FromC<RemoveTimeout>);
  } else {
    waker->Wake();
  }
}

void EventBridge::RegisterNative(std::shared_ptr<LoopWaker> waker, MaskSetter* poller) {
  is_native_ = true;
  poller_ = poller;
  Register(std::move(waker));
}

void EventBridge::End() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    ended_ = true;
    waker_.reset();
    home_ = nullptr;
    home_thread_ = std::thread::id{};
    while (!changes_.empty()) {
      Source* source = Find(changes_.front().kind, changes_.front().id);
      Places dropped;
      Places& place = source == nullptr ? dropped : source->place;
      place.splice(place.end(), changes_, changes_.begin());
    }
    changed_ = wake_sent_ = false;
    for (Table* each : {&handles_, &timeouts_}) {
      for (auto& [id, source] : each->sources) {
        source.known = source.refused = false;
        if (source.removed) own_frees_.splice(own_frees_.end(), source.place);
      }
    }
    LeaveFrees();
  }
  LoopWaker::WakeAll();
}

// The loop that would run the free callbacks is gone. Where there is no memory for the reaper's job, the next
// home runs them.
void EventBridge::LeaveFrees() {
  if (!own_frees_.empty()) RunOnReaper([this] { RunOwnFrees(); });
}

void EventBridge::AskForLoop() {
  std::shared_ptr<LoopWaker> waker;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    is_asked_for_ = true;
    waker = waker_;
  }
  if (waker) waker->Wake();
}

EventBridge::Source* EventBridge::Find(SourceKind kind, int id) {
  auto& sources = table(kind).sources;
  const auto found = sources.find(id);
  return found == sources.end() ? nullptr : &found->second;
}

void EventBridge::Erase(SourceKind kind, int id) {
  auto& sources = table(kind).sources;
  const auto found = sources.find(id);
  if (found == sources.end()) return;
  if (SourceOwner* owner = found->second.owner.get()) owner->sources.erase({kind, id});
  sources.erase(found);
}

bool EventBridge::MarkChanged(Source* source) {
  if (ended_) return false;  // everything is brought to the next home
  if (!source->place.empty()) {
    changes_.splice(changes_.end(), source->place);
    changed_ = true;
  }
  if (wake_sent_ || LibvirtScope::IsOpenFor(home_)) return false;
  wake_sent_ = true;
  return true;
}

int EventBridge::Add(SourceKind kind, int fd, int setting, void* callback, void* opaque,
                     virFreeCallback free) {
  std::shared_ptr<LoopWaker> waker;
  int id = -1;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    id = ++table(kind).last_id;
    const auto owner = OwnerScope::Current();
    auto& sources = table(kind).sources;
    try {
      if (owner != nullptr) owner->sources.insert({kind, id});
      Source added{fd, setting, callback, opaque, free, owner, IsLibvirtCode(callback)};
      added.place.push_back({kind, id});
      if (kind == SourceKind::kTimeout && added.is_libvirts) added.run.push_back({kind, id});
      if (MarkChanged(&sources.emplace(id, std::move(added)).first->second)) waker = waker_;
    } catch (const std::bad_alloc&) {
      // libvirt hears that the add has failed, and keeps the opaque pointer.
      if (owner != nullptr) owner->sources.erase({kind, id});
      sources.erase(id);
      return -1;
    }
    if (owner != nullptr && kind == SourceKind::kHandle) {
      owner->has_socket = true;
      if (owner->is_cut_off) (void)shutdown(fd, SHUT_RDWR);
    }
    NoteActive(kind, sources.find(id)->second, 1);
    ++counts_.adds;
  }
  if (waker) waker->Wake();
  return id;
}

void EventBridge::Update(SourceKind kind, int id, int setting) {
  std::shared_ptr<LoopWaker> waker;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    Source* source = Find(kind, id);
    if (source == nullptr || source->removed) return;
    if (source->setting == setting) {
      // libvirt's client sets its mask again after each message, which changes nothing.
      if (kind == SourceKind::kHandle || setting < 0) return;
      // Setting the same period re-arms a timeout. For keepalive libvirt does that with each message, so the
      // loop isn't told. The timeout's next tick then comes too early, and the loop is told how much of the
      // period is left.
      if (source->is_libvirts) {
        source->rearmed_ns = uv_hrtime();
        return;
      }
    }
    NoteActive(kind, *source, -1);
    source->setting = setting;
    NoteActive(kind, *source, 1);
    source->rearmed_ns = 0;
    source->updated = true;
    TellOwner(*source);
    if (kind == SourceKind::kHandle && (IsAsTold(*source) || SetMaskHere(source))) return;
    if (MarkChanged(source)) waker = waker_;
  }
  if (waker) waker->Wake();
}

int EventBridge::Remove(SourceKind kind, int id) {
  std::shared_ptr<LoopWaker> waker;
  EndNews news{};
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    Source* source = Find(kind, id);
    if (source == nullptr || source->removed) return -1;
    source->removed = true;
    NoteActive(kind, *source, -1);
    TellOwner(*source);
    if (ended_) {
      own_frees_.splice(own_frees_.end(), source->place);
      LeaveFrees();
    } else if (MarkChanged(source)) {
      waker = waker_;
    }
    if (!source->is_running) news = EndDelay(source);
  }
  if (waker) waker->Wake();
  news.Tell();
  return 0;
}

EventBridge::Counts EventBridge::counts() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  Counts counts = counts_;
  counts.watches = handles_.sources.size();
  counts.timeouts = timeouts_.sources.size();
  return counts;
}

}  // namespace rxvirt
