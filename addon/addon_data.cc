// SPDX-License-Identifier: MIT
#include "addon_data.h"

#include <algorithm>
#include <memory>
#include <new>
#include <utility>

#include "calls/connection.h"
#include "calls/open_auth.h"
#include "libvirt_log.h"
#include "node/async_scope.h"
#include "node/flag_scope.h"
#include "node/from_c.h"
#include "node/handle_scope.h"

namespace rxvirt {
namespace {

constexpr size_t kReadyCapacity = 1024;  // watchers in one call of on_ready

struct DroppedCall final : Handle {
  explicit DroppedCall(std::unique_ptr<Call> dropped)
      : Handle(KindOf<DroppedCall>()), call(std::move(dropped)) {}
  const std::unique_ptr<Call> call;
};

// For a call that was given up. Its answer may have come just before that, and to release a list of thousands
// takes milliseconds.
void DropElsewhere(std::unique_ptr<Call> call) noexcept {
  try {
    ReleaseElsewhere(std::make_shared<DroppedCall>(std::move(call)));
  } catch (const std::bad_alloc&) {
    // Without memory it is released here.
  }
}

void OnLastClosed(uv_handle_t* closed) {
  napi_remove_async_cleanup_hook(static_cast<napi_async_cleanup_hook_handle>(closed->data));
  delete reinterpret_cast<uv_idle_t*>(closed);
}

}  // namespace

std::atomic<int> AddonData::all_connections_{0};

AddonData::AddonData(Napi::Env env, uv_loop_t* loop, const Napi::Object& hooks)
    : waker(std::make_shared<LoopWaker>(loop, [this] { OnWake(); })),
      calls(std::make_shared<CallThreads>(waker)),
      auth(std::make_shared<AuthDesk>(waker)),
      gate(std::make_shared<InstanceGate>(waker)),
      own_sources(std::make_shared<SourceOwner>()),
      dispatcher(env, loop, waker,
                 [this](EventQueue& queue, EventDispatcher::Allowed allowed) { Allow(queue, allowed); }),
      poller(
          loop,
          [this] {
            const AsyncScope scope(env_, async_context_);
            poller.Drain();
          },
          [this](const std::vector<FdPoller::Ready>& ready, const FdPoller::Time& time) {
            reading_budget = {time.until_ns, time.left_ns / ready.size()};
            DispatchReady(ready);
          }),
      env_(env),
      loop_(loop),
      thread_(std::this_thread::get_id()),
      is_main_thread_(hooks.Get("isMainThread").ToBoolean()) {
  own_sources->waker = waker;
  default_loop->width = 1;
  const auto hook = [&hooks](const char* name) { return hooks.Get(name).As<Napi::Function>(); };
  on_ready.Set(hook("onReady"));
  handles.add.Set(hook("addHandle"));
  handles.update.Set(hook("updateHandle"));
  handles.remove.Set(hook("removeHandle"));
  timeouts.add.Set(hook("addTimeout"));
  timeouts.update.Set(hook("updateTimeout"));
  timeouts.remove.Set(hook("removeTimeout"));
  dispatcher.on_events.Set(hook("onEvents"));
  on_handle.Set(hook("onHandle"));
  on_timeout.Set(hook("onTimeout"));
  on_removed.Set(hook("onRemoved"));
  on_loop_free.Set(hook("onLoopFree"));
  on_loop_wanted.Set(hook("onLoopWanted"));
  on_auth.Set(hook("onAuth"));
  on_log.Set(hook("onLog"));
  make_error.Set(hook("makeError"));
  auto buffer = Napi::Int32Array::New(env_, 2 * kReadyCapacity);
  ready_buffer_ = Napi::Persistent(buffer);
  ready_ = buffer.Data();
  napi_async_init(env, Napi::Object::New(env), Napi::String::New(env, "rxvirt"), &async_context_);
  napi_add_async_cleanup_hook(env, FromC<OnEnvironmentEnd>, this, nullptr);
}

AddonData::~AddonData() = default;

void AddonData::OnEnvironmentEnd(napi_async_cleanup_hook_handle hook, void* data) {
  auto* self = static_cast<AddonData*>(data);
  self->End();
  // libuv runs all pending close callbacks in the same turn of the loop. So when this handle's callback runs,
  // those of all our other handles run in the same turn. After that Node.js may free the environment and the
  // loop.
  auto* last = self->last_handle_.release();
  uv_idle_init(self->loop_, last);
  last->data = hook;
  uv_close(reinterpret_cast<uv_handle_t*>(last), FromC<OnLastClosed>);
}

void AddonData::End() {
  auto& bridge = EventBridge::Instance();
  CloseGate();
  RemoveOwnSources();
  auth->End();
  calls->End();
  all_connections_ -= static_cast<int>(connections_.size());
  for (auto& [token, connection] : connections_) {
    bridge.CutOff(*connection->owner);
    connection->events->Close();
    calls->Drop(connection->calls->lane);
    if (connection->open_lane != nullptr) calls->Drop(connection->open_lane);
    // When the process ends, its sockets close with it. When only a worker ends, its connections would stay
    // open for ever.
    if (!is_main_thread_) CloseOnReaper(connection);
  }
  if (owns_bridge()) bridge.End();
  poller.End();
  waker->End();
  // Nothing enters JavaScript any more.
  (void)napi_async_destroy(env_, std::exchange(async_context_, nullptr));
}

// The callbacks that wait hold the gate. They are destroyed one by one, which takes no memory.
void AddonData::CloseGate() {
  for (std::shared_ptr<ForeignCallback> dropped;; dropped.reset()) {
    const std::lock_guard<std::mutex> lock(gate->mutex);
    gate->open = false;
    if (gate->foreign.empty()) break;
    dropped = std::move(gate->foreign.front());
    gate->foreign.pop_front();
  }
  gate->changed.notify_all();
}

void AddonData::AddConnection(int token, std::shared_ptr<ConnectionState> connection) {
  connections_.emplace(token, std::move(connection));
  ++all_connections_;
  if (!owns_bridge()) EventBridge::Instance().AskForLoop();
}

void AddonData::DropConnection(int token) { all_connections_ -= static_cast<int>(connections_.erase(token)); }

bool AddonData::GiveUpLoop() {
  auto& bridge = EventBridge::Instance();
  if (!owns_bridge() || !connections_.empty() || all_connections_ == 0) return false;
  if (is_bringing_ || unanswered_ || LibvirtScope::IsOpen() || bridge.HasSourcesOfJavaScript()) return false;
  bridge.End();
  return true;
}

// A step can fail for want of memory. Then the others are done all the same, and the next wake-up tries it
// again: otherwise what waits there would never be looked at, for its thread has sent its wake-up.
void AddonData::OnWake() {
  const auto attempt = [this](auto step) {
    try {
      step();
    } catch (...) {
      waker->Wake();
    }
  };
  attempt([&] {
    const AsyncScope scope(env_, async_context_);
    (void)IsStackDeep();  // notes the depth of this stack: no entry has a shallower one
    if (std::exchange(is_left_to_loop_, false)) waker->Unref();
    attempt([this] { OfferLoop(); });
    attempt([this] { KeepAliveForOwnSources(); });
    attempt([this] { RunForeignCallbacks(); });
    // Taken before the changes are brought: what libvirt has changed in a call is brought before the call is
    // settled.
    CallJobs done = calls->TakeDone();
    attempt([this] { Settle(); });
    attempt([&] { SettleCalls(done); });
    attempt([this] { BringQuestions(*this); });
    attempt([this] { HandOnLog(); });
  });
}

void AddonData::OfferLoop() {
  auto& bridge = EventBridge::Instance();
  const Napi::HandleScope scope(env_);
  if (bridge.ended() && !connections_.empty()) (void)on_loop_free.Call(env_, {});
  if (owns_bridge() && bridge.TakeAsked() && connections_.empty()) (void)on_loop_wanted.Call(env_, {});
}

void AddonData::Allow(EventQueue& queue, EventDispatcher::Allowed allowed) {
  const auto found = connections_.find(queue.id);
  if (found == connections_.end()) return;
  auto& bridge = EventBridge::Instance();
  if (allowed.calls && owns_bridge()) {
    // Settle(), which delivers, brings what libvirt changes here.
    const LibvirtScope scope(waker.get());
    bridge.ReadBeforeCalls(queue.owner);
  }
  bridge.ApplyReading(*queue.owner, queue.may_read);
  calls->Hold(found->second->calls->lane, !allowed.calls);
}

void AddonData::CallReady(const std::vector<FdPoller::Ready>& ready) {
  for (size_t from = 0; from < ready.size(); from += kReadyCapacity) {
    const Napi::HandleScope scope(env_);
    const size_t count = std::min(kReadyCapacity, ready.size() - from);
    for (size_t i = 0; i < count; ++i) {
      ready_[2 * i] = ready[from + i].token;
      ready_[2 * i + 1] = ready[from + i].mask;
    }
    on_ready.Call(env_, {ToJs(env_, static_cast<int>(count))});
  }
}

void AddonData::DispatchReady(const std::vector<FdPoller::Ready>& ready) {
  {
    const FlagScope dispatching(&is_dispatching_);
    CallReady(ready);
  }
  if (HasWork()) Settle();
}

void AddonData::HandOnLog() {
  for (const auto& line : TakeLibvirtLog(waker)) {
    const Napi::HandleScope scope(env_);
    on_log.Call(env_, {ToJs(env_, line)});
  }
}

void AddonData::SettleCalls(CallJobs& done) {
  for (auto& [call, lane] : done) {
    const HandleScope scope(env_);
    const bool is_wanted = call->IsWanted();
    call->Settle();
    if (!is_wanted) DropElsewhere(std::move(call));
  }
}

}  // namespace rxvirt
