// SPDX-License-Identifier: MIT
#pragma once
#include <napi.h>

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <unordered_map>
#include <utility>
#include <vector>

#include "calls/call_threads.h"
#include "events/dispatcher.h"
#include "loop/bridge.h"
#include "loop/fd_poller.h"
#include "loop/source_owner.h"
#include "node/js_hook.h"
#include "node/loop_waker.h"

namespace rxvirt {

struct ConnectionState;

// A handle or timeout callback that libvirt's default loop runs on its own thread: that thread waits here
// until JavaScript has run it, since a handle is level-triggered.
struct ForeignCallback {
  SourceKind kind;
  int id;
  int fd;
  int mask;
  bool done = false;
};

// What a callback on any thread may hold of an instance that can end before it.
struct InstanceGate {
  std::mutex mutex;
  std::condition_variable changed;
  std::atomic<bool> open{true};  // set under the mutex
  std::deque<ForeignCallback*> foreign;
};

// The state of the addon for one copy of the library's JavaScript in one environment (the main thread, or a
// worker). Test runners and bundlers evaluate a module twice; each evaluation gets an instance of its own, so
// that none takes another's callbacks away. Loop thread only, but for what its shared members allow. Members
// are destroyed in reverse order: hooks and poller first, then what other threads share.
class AddonData {
 public:
  // `hooks` has the JavaScript functions below.
  AddonData(Napi::Env env, uv_loop_t* loop, const Napi::Object& hooks);
  ~AddonData();
  AddonData(const AddonData&) = delete;
  AddonData& operator=(const AddonData&) = delete;

  static AddonData& Of(const Napi::CallbackInfo& info) { return *static_cast<AddonData*>(info.Data()); }

  // Runs what may call libvirt or be called back by it; when the outermost such call has ended, brings the
  // changes that libvirt asked for to the EventImpl and delivers the events that arrived.
  // So neither ever runs on libvirt's stack.
  template <typename Function>
  void Inside(Function&& function) {
    InsideThen(std::forward<Function>(function), &AddonData::Settle);
  }

  // As Inside(), for what users' code calls: it leaves the events to the loop. On this stack JavaScript may
  // be stopped at any moment, by vm's timeout for one, and what it was told would be lost.
  template <typename Function>
  void InsideCall(Function&& function) {
    InsideThen(std::forward<Function>(function), &AddonData::SettleCall);
  }

  // Runs a callback that was registered through event.addHandle or event.addTimeout.
  void RunJsCallback(SourceKind kind, int id, int fd, int mask);

  [[nodiscard]] Napi::Env env() const { return env_; }
  [[nodiscard]] std::thread::id thread() const { return thread_; }
  [[nodiscard]] bool owns_bridge() const { return EventBridge::Instance().IsHome(waker.get()); }
  // The buffer that on_ready reads: token and mask in turns.
  [[nodiscard]] Napi::Value ready_buffer() const { return ready_buffer_.Value(); }

  const std::shared_ptr<LoopWaker> waker;
  const std::shared_ptr<CallThreads> calls;
  const std::shared_ptr<InstanceGate> gate;
  // Of what event.addHandle and event.addTimeout add.
  const std::shared_ptr<SourceOwner> own_sources;
  // Open or being opened, by token.
  [[nodiscard]] const std::unordered_map<int, std::shared_ptr<ConnectionState>>& connections() const {
    return connections_;
  }
  void AddConnection(int token, std::shared_ptr<ConnectionState> connection);
  void DropConnection(int token);
  // Gives the loop up, where this instance has it and no use for it, while another has connections: that one
  // takes it over. False when all stays as it is.
  [[nodiscard]] bool GiveUpLoop();

  // By URI: a host that answers no open holds up its own opens alone, also those that were aborted.
  std::unordered_map<std::string, std::weak_ptr<CallLane>> open_lanes;
  EventDispatcher dispatcher;
  FdPoller poller;
  ReadingBudget reading_budget;  // of one wake-up of the poller

  JsHook on_ready;  // (count): so many watchers of ready_buffer are ready
  // What libvirt wants of the EventImpl. False refuses an add, and leaves the free of a removal to the
  // bridge.
  struct LoopHooks {
    JsHook add;     // (id, fd, mask), or (id, milliseconds)
    JsHook update;  // (id, mask), or (id, milliseconds)
    JsHook remove;  // (id)
  };
  LoopHooks handles;
  LoopHooks timeouts;
  JsHook on_handle;       // (watch, fd, mask): a callback registered through event.addHandle
  JsHook on_timeout;      // (timer): one registered through event.addTimeout
  JsHook on_loop_free;    // (): nobody has the loop any more, and there are connections here
  JsHook on_loop_wanted;  // (): another instance opens a connection, and there is none here, but the loop
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
  // Looked at after each dispatch, and mostly there is none.
  [[nodiscard]] bool HasWork() const {
    return dispatcher.ready->size() > 0 || unanswered_.has_value() || EventBridge::Instance().HasChanges();
  }
  void OnWake();
  void Settle();
  void SettleCall();
  // What becomes of a change when JavaScript doesn't return from it.
  enum class Unanswered { kCountsAsRefused, kIsBroughtAgain };
  void BringChanges(Unanswered unanswered);
  // Wakes the loop for what waits here, and keeps the process alive until it has come to that.
  void LeaveToLoop();
  // Whether so much of the stack is in use that JavaScript could overflow it.
  [[nodiscard]] bool IsStackDeep();
  void OfferLoop();
  void Allow(EventQueue& queue, EventDispatcher::Allowed allowed);
  void DispatchReady(const std::vector<FdPoller::Ready>& ready);
  // What JavaScript answers; nullptr when it doesn't.
  [[nodiscard]] napi_value Bring(const SourceChange& change);
  void RunForeignCallbacks();
  void SettleCalls();
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
  bool is_bringing_ = false;
  std::optional<SourceChange> unanswered_;  // is brought next
  bool is_left_to_loop_ = false;
  uintptr_t stack_base_ = 0;  // of the shallowest entry so far; stacks grow down
  Napi::Reference<Napi::Int32Array> ready_buffer_;
  int32_t* ready_ = nullptr;  // what is in it
};

}  // namespace rxvirt
