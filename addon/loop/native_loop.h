// SPDX-License-Identifier: MIT
#pragma once
#include <uv.h>

#include <memory>
#include <new>
#include <optional>
#include <unordered_map>
#include <vector>

#include "loop/bridge.h"
#include "loop/fd_poller.h"
#include "node/loop_waker.h"
#include "node/uv_handle.h"

namespace rxvirt {

// Serves the bridge's table on a thread of its own, without JavaScript. So libvirt's watches and timeouts are
// served in time while JavaScript is busy. The process has at most one, and it is never destroyed. All
// members are for its own thread, except Start() and Stop().
class NativeLoop {
 public:
  // Starts the thread and makes it the bridge's home. Returns 0, or a negated errno: then nothing is changed.
  [[nodiscard]] static int Start();

 private:
  // A watch as the loop serves it.
  struct Watch {
    NativeLoop* loop;
    int id;
    int fd;
    int mask = 0;
    int token = 0;  // of the poller, or the negated errno with which it has refused
    // Runs instead of the poller. A regular file, which epoll refuses (-EPERM), counts as always ready. After
    // any other refusal but -EBADF, such as a lack of memory, the poller is asked again.
    UvHandle<uv_timer_t> instead;
  };
  struct Timeout {
    NativeLoop* loop;
    int id;
    UvHandle<uv_timer_t> timer;
    UvHandle<uv_idle_t> each_turn;  // for a period of 0
  };

  NativeLoop();
  // Opens all that the thread needs, and starts it. May throw.
  [[nodiscard]] int Open();
  // Closes what Open() has opened before it has failed.
  void Close();
  static void Stop();
  void Run();
  // Runs `function`, which calls back into libvirt, and then settles what it has changed.
  template <typename Function>
  void Inside(Function&& function) {
    try {
      const LibvirtScope scope(waker_.get());
      function();
    } catch (const std::bad_alloc&) {
      // What it has left undone, the loop finds again.
    }
    SettleOrRetry();
  }
  // Applies what libvirt wants now, and runs the frees that are due. Never call it on libvirt's stack.
  void Settle();
  // Settles later, if there was no memory for it now.
  void SettleOrRetry();
  void Apply(const SourceChange& change);
  // Lets the poller wait for what libvirt wants now.
  void SetWatch(Watch* watch);
  void RemoveFromPoller(Watch* watch);
  void OpenTimer(UvHandle<uv_timer_t>* timer, void* data);
  void SetTimeout(Timeout* timeout, int frequency_ms);
  void RunReady(const std::vector<FdPoller::Ready>& ready, const FdPoller::Time& time);
  void RunInstead(Watch* watch);
  void RunTimeout(int id);
  static void OnInstead(uv_timer_t* timer);
  static void OnTimer(uv_timer_t* timer);
  static void OnTurn(uv_idle_t* idle);

  uv_loop_t loop_{};
  EventBridge& bridge_ = EventBridge::Instance();
  std::shared_ptr<LoopWaker> waker_;
  std::unique_ptr<FdPoller> poller_;
  std::unordered_map<int, std::unique_ptr<Watch>> watches_;
  std::unordered_map<int, int> watch_of_token_;
  std::unordered_map<int, std::unique_ptr<Timeout>> timeouts_;
  std::optional<SourceChange> unfinished_;  // taken from the bridge, but there was no memory to apply it
};

}  // namespace rxvirt
