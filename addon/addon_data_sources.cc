// SPDX-License-Identifier: MIT
#include <utility>

#include "addon_data.h"
#include "library/functions.h"

// How AddonData runs the callbacks of event.addHandle and event.addTimeout.
namespace rxvirt {
namespace {

// For how long one wake-up begins callbacks that loops on other threads have asked for.
constexpr uint64_t kForeignTurnNs = 3'000'000;

}  // namespace

void AddonData::KeepAliveForOwnSources() {
  auto& bridge = EventBridge::Instance();
  const bool is_wanted = bridge.IsNative() && bridge.HasActive(*own_sources);
  if (std::exchange(is_kept_alive_, is_wanted) == is_wanted) return;
  is_wanted ? waker->Ref() : waker->Unref();
}

// libvirt's default loop, too, goes on without this instance. A source that is always ready would keep it
// busy.
void AddonData::RemoveOwnSources() {
  const auto remove_all = [this](SourceKind kind, auto remove) {
    for (int id = -1; const auto own = OwnSource::Next(gate.get(), kind, id);) {
      id = own->id();
      own->Remove([&] { (void)remove(id); });
    }
  };
  remove_all(SourceKind::kHandle, [](int id) { return virEventRemoveHandle(id); });
  remove_all(SourceKind::kTimeout, [](int id) { return virEventRemoveTimeout(id); });
}

void AddonData::RunJsCallback(SourceKind kind, int id, int fd, int mask) {
  if (kind == SourceKind::kHandle) {
    on_handle.Call(env_, {ToJs(env_, id), ToJs(env_, fd), ToJs(env_, mask)});
  } else {
    on_timeout.Call(env_, {ToJs(env_, id)});
  }
}

void AddonData::RunIfStillDue(const ForeignCallback& callback) {
  const int due = callback.source->StillDue(callback.fd, callback.mask);
  if (due != 0) {
    RunJsCallback(callback.kind, callback.id, callback.fd, due);
  } else if (callback.source->IsRemoved()) {
    const bool is_watch = callback.kind == SourceKind::kHandle;
    on_removed.Call(env_, {Napi::Boolean::New(env_, is_watch), ToJs(env_, callback.id)});
  }
}

// A callback stays in the list until all is done for it. So what has failed is tried again by the next
// wake-up. Only callbacks that wait already are run, and only for a while: the other thread can add further
// ones as fast as they are run, and JavaScript's timers and I/O must have their turns in between.
void AddonData::RunForeignCallbacks() {
  const uint64_t until_ns = uv_hrtime() + kForeignTurnNs;
  size_t left = 0;
  {
    const std::lock_guard<std::mutex> lock(gate->mutex);
    left = gate->foreign.size();
  }
  for (; left > 0; --left) {
    std::shared_ptr<ForeignCallback> callback;
    {
      const std::lock_guard<std::mutex> lock(gate->mutex);
      if (gate->foreign.empty()) return;  // the instance has ended
      callback = gate->foreign.front();
    }
    if (!std::exchange(callback->has_begun, true)) RunIfStillDue(*callback);
    if (callback->is_held) EventBridge::Instance().EndHold(callback->kind, callback->id);
    {
      const std::lock_guard<std::mutex> lock(gate->mutex);
      callback->done = true;
      gate->foreign.pop_front();
    }
    gate->changed.notify_all();
    if (uv_hrtime() >= until_ns) break;
  }
  if (left > 1) waker->Wake();
}

}  // namespace rxvirt
