// SPDX-License-Identifier: MIT
#pragma once
#include <napi.h>

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <unordered_set>
#include <utility>

#include "call_threads.h"
#include "event_batch.h"
#include "event_bridge.h"
#include "fd_poller.h"
#include "js_hook.h"
#include "loop_waker.h"

namespace rxvirt {

struct ConnectionState;

// A handle or timeout callback that libvirt's default loop runs on its own thread: that thread waits here
// until JavaScript has run it, since a handle is level-triggered.
struct ForeignCallback {
  SourceKind kind;
  int id;
  int fd;
  int bits;
  bool done = false;
};

// What a callback on any thread may hold of an environment that can end before it.
struct EnvironmentGate {
  std::mutex mutex;
  std::condition_variable changed;
  bool open = true;
  std::deque<ForeignCallback*> foreign;
};

// The state of the addon in one environment (the main thread, or a worker). Loop thread only, but for what
// its shared members allow. Members are destroyed in reverse order: hooks and poller first, then what other
// threads share.
class AddonData {
 public:
  AddonData(Napi::Env env, uv_loop_t* loop);
  ~AddonData();
  AddonData(const AddonData&) = delete;
  AddonData& operator=(const AddonData&) = delete;

  static AddonData& Of(Napi::Env env) { return *env.GetInstanceData<AddonData>(); }

  // Runs what may call libvirt or be called back by it; when the outermost such call has ended, brings the
  // changes that libvirt asked for to the EventImpl and delivers the events that arrived.
  // So neither ever runs on libvirt's stack.
  template <typename Function>
  void Inside(Function&& function) {
    {
      const LibvirtScope scope;
      function();
    }
    if (!LibvirtScope::IsOpen()) Settle();
  }

  // Takes the JavaScript functions below; answers with the buffer that on_ready reads: token and bits in
  // turns.
  Napi::Int32Array SetHooks(const Napi::Object& hooks);

  [[nodiscard]] Napi::Env env() const { return env_; }
  [[nodiscard]] std::thread::id thread() const { return thread_; }

  const std::shared_ptr<LoopWaker> waker;
  const std::shared_ptr<CallThreads> calls;
  const std::shared_ptr<EventBatch> events;
  const std::shared_ptr<EnvironmentGate> gate;
  std::unordered_set<std::shared_ptr<ConnectionState>> connections;  // the open ones
  bool is_main_thread = true;
  bool owns_bridge = false;
  FdPoller poller;

  JsHook on_ready;    // (count): so many watchers of ready_buffer are ready
  JsHook on_change;   // (action, kind, id, fd, wanted): boolean, see SourceChange
  JsHook on_events;   // (count, numbers, strings, identities, resets)
  JsHook on_source;   // (kind, id, fd, bits): a callback registered through event.addHandle or addTimeout
  JsHook on_log;      // (line): an error that libvirt would print
  JsHook make_error;  // (fields of a VirError): LibvirtError

 private:
  void OnWake();
  void Settle(bool is_new_turn = false);
  void BringChanges();
  // One slice; what is left follows in later turns of the loop, with the poller paused, so that a flood
  // pushes back on its sender.
  void DeliverEvents();
  void DispatchReady(const std::vector<FdPoller::Ready>& ready);
  void RunForeignCallbacks();
  void SettleCalls();
  void HandOnLog();
  static void OnEnvironmentEnd(napi_async_cleanup_hook_handle hook, void* data);

  Napi::Env env_;
  uv_loop_t* loop_;
  std::thread::id thread_;
  napi_async_context async_context_ = nullptr;
  bool is_bringing_ = false;
  bool is_delivering_ = false;
  EventSlice slice_;  // what is being delivered
  bool has_backlog_ = false;
  Napi::Reference<Napi::Int32Array> ready_buffer_;
  int32_t* ready_ = nullptr;  // what is in it
  Napi::Reference<Napi::Float64Array> numbers_buffer_;
};

}  // namespace rxvirt
