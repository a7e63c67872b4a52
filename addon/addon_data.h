// SPDX-License-Identifier: MIT
#pragma once
#include <napi.h>

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <unordered_map>
#include <utility>
#include <vector>

#include "calls/auth.h"
#include "calls/call_threads.h"
#include "events/dispatcher.h"
#include "loop/bridge.h"
#include "loop/fd_poller.h"
#include "loop/instance_gate.h"
#include "loop/source_owner.h"
#include "node/js_hook.h"
#include "node/loop_waker.h"

namespace rxvirt {

struct ConnectionState;

// An instance of the addon: the state for one copy of the library's JavaScript in one environment (the main
// thread, or a worker). Test runners and bundlers may evaluate a module twice. Each evaluation gets an
// instance of its own, so no copy replaces the callbacks of another.
//
// Loop thread only, except where a shared member says otherwise. Members are destroyed in reverse order:
// hooks and poller first, then the members that other threads share.
class AddonData {
 public:
  // `hooks` has the JavaScript functions below.
  AddonData(Napi::Env env, uv_loop_t* loop, const Napi::Object& hooks);
  ~AddonData();
  AddonData(const AddonData&) = delete;
  AddonData& operator=(const AddonData&) = delete;

  static AddonData& Of(const Napi::CallbackInfo& info) { return *static_cast<AddonData*>(info.Data()); }

  // Runs `function`, which may call libvirt or be called back by libvirt. When the outermost such function
  // has returned, brings the changes that libvirt asked for to the EventImpl, and delivers the events that
  // arrived. So neither ever happens on libvirt's stack.
  template <typename Function>
  void Inside(Function&& function) {
    InsideThen(std::forward<Function>(function), &AddonData::Settle);
  }

  // As Inside(), for functions that users' code calls: it leaves the events to the loop. On the user's stack
  // JavaScript can be stopped at any moment, for example by the `timeout` option of node:vm. An event that
  // was being delivered then would be lost.
  template <typename Function>
  void InsideUsersCall(Function&& function) {
    InsideThen(std::forward<Function>(function), &AddonData::SettleUsersCall);
  }

  // With the native loop, the process stays alive as long as a source of event.addHandle or event.addTimeout
  // can call back. An EventImpl sees to that by itself. Call it when these sources may have changed.
  void KeepAliveForOwnSources();

  // Runs a callback that was registered through event.addHandle or event.addTimeout.
  void RunJsCallback(SourceKind kind, int id, int fd, int mask);

  [[nodiscard]] Napi::Env env() const { return env_; }
  [[nodiscard]] std::thread::id thread() const { return thread_; }
  [[nodiscard]] bool owns_bridge() const { return EventBridge::Instance().IsHome(waker.get()); }
  // The buffer that on_ready reads: pairs of token and mask.
  [[nodiscard]] Napi::Value ready_buffer() const { return ready_buffer_.Value(); }

  const std::shared_ptr<LoopWaker> waker;
  const std::shared_ptr<CallThreads> calls;
  const std::shared_ptr<AuthDesk> auth;
  uint64_t last_call = 0;  // the number of the call that was posted last
  const std::shared_ptr<InstanceGate> gate;
  // The owner of the sources that event.addHandle and event.addTimeout add.
  const std::shared_ptr<SourceOwner> own_sources;
  // The connections that are open or being opened, by token.
  [[nodiscard]] const std::unordered_map<int, std::shared_ptr<ConnectionState>>& connections() const {
    return connections_;
  }
  void AddConnection(int token, std::shared_ptr<ConnectionState> connection);
  void DropConnection(int token);
  // Gives up the loop when this instance has it but has no use for it, and another instance has connections.
  // That other instance then takes over the loop. Returns false when nothing has changed.
  [[nodiscard]] bool GiveUpLoop();

  // One lane of opens for each URI, so a host that doesn't answer delays only its own opens. An aborted open
  // stays in its lane until libvirt returns from it.
  std::unordered_map<std::string, std::weak_ptr<CallLane>> open_lanes;
  // For iterations of libvirt's default loop: a long one delays no other call.
  const std::shared_ptr<CallLane> default_loop = std::make_shared<CallLane>();
  EventDispatcher dispatcher;
  FdPoller poller;
  ReadingBudget reading_budget;  // for the current wake-up of the poller

  JsHook on_ready;  // (count): ready_buffer holds this many ready watchers
  // They tell the EventImpl what libvirt wants. `add` answers false when the EventImpl refuses. `remove`
  // answers false when the bridge has to run the free callback itself.
  struct LoopHooks {
    JsHook add;     // (id, fd, mask), or (id, milliseconds)
    JsHook update;  // (id, mask), or (id, milliseconds)
    JsHook remove;  // (id)
  };
  LoopHooks handles;
  LoopHooks timeouts;
  JsHook on_handle;       // (watch, fd, mask): a callback registered through event.addHandle
  JsHook on_timeout;      // (timer): a callback registered through event.addTimeout
  JsHook on_removed;      // (is a watch, id): another thread has removed one of these two
  JsHook on_loop_free;    // (): no instance has the loop any more, and this one has connections
  JsHook on_loop_wanted;  // (): another instance opens a connection; this one has the loop and no connection
  JsHook on_auth;         // (token, credentials): an open asks for them
  JsHook on_log;          // (line): an error that libvirt would print
  JsHook make_error;      // (fields of a VirError): LibvirtError

 private:
  template <typename Function>
  void InsideThen(Function&& function, void (AddonData::*settle)()) {
    {
      const LibvirtScope scope(waker.get());
      function();
    }
    if (!LibvirtScope::IsOpen() && HasWork()) (this->*settle)();
  }
  // Called after each dispatch. Mostly there is no work.
  [[nodiscard]] bool HasWork() const {
    return dispatcher.ready->size() > 0 || unanswered_.has_value() || EventBridge::Instance().HasChanges();
  }
  void OnWake();
  void Settle();
  void SettleUsersCall();
  // What happens to a change when the call that brings it to JavaScript doesn't return.
  enum class Unanswered { kCountsAsRefused, kIsBroughtAgain };
  void BringChanges(Unanswered unanswered);
  // Leaves the waiting changes and events to the next wake-up of the loop, and keeps the process alive until
  // then.
  void LeaveToLoop();
  // Whether so much of the stack is in use that JavaScript could overflow it.
  [[nodiscard]] bool IsStackDeep();
  void OfferLoop();
  void Allow(EventQueue& queue, EventDispatcher::Allowed allowed);
  // Reads all connections that are ready before it delivers their events. If each delivered at once, the
  // first one would find no other that waits, and use up the turn.
  void DispatchReady(const std::vector<FdPoller::Ready>& ready);
  void CallReady(const std::vector<FdPoller::Ready>& ready);
  // Returns JavaScript's answer, or nullptr when the call did not return.
  [[nodiscard]] napi_value Bring(const SourceChange& change);
  void CloseGate();
  void RemoveOwnSources();
  void RunForeignCallbacks();
  void RunIfStillDue(const ForeignCallback& callback);
  void SettleCalls(CallJobs& done);
  void HandOnLog();
  void End();
  static void OnEnvironmentEnd(napi_async_cleanup_hook_handle hook, void* data);

  Napi::Env env_;
  uv_loop_t* loop_;
  std::unordered_map<int, std::shared_ptr<ConnectionState>> connections_;
  static std::atomic<int> all_connections_;  // of all instances
  std::thread::id thread_;
  bool is_main_thread_;
  napi_async_context async_context_ = nullptr;
  std::unique_ptr<uv_idle_t> last_handle_ = std::make_unique<uv_idle_t>();  // closed last, at the end
  bool is_dispatching_ = false;
  bool is_bringing_ = false;
  std::optional<SourceChange> unanswered_;  // brought before all other changes
  bool is_left_to_loop_ = false;
  bool is_kept_alive_ = false;  // by own sources
  uintptr_t stack_base_ = 0;    // address of the shallowest entry so far; the stack grows down
  Napi::Reference<Napi::Int32Array> ready_buffer_;
  int32_t* ready_ = nullptr;  // the data of ready_buffer_
};

}  // namespace rxvirt
