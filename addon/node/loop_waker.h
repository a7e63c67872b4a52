// SPDX-License-Identifier: MIT
#pragma once
#include <uv.h>

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>

#include "node/uv_handle.h"

namespace rxvirt {

// Wakes one environment's loop from any thread. Other threads hold it by shared_ptr, so it can outlive the
// environment. After End() a wake does nothing.
class LoopWaker {
 public:
  // Loop thread. `on_wake` runs on the loop thread. Several wakes before it runs count as one.
  LoopWaker(uv_loop_t* loop, std::function<void()> on_wake);
  ~LoopWaker();
  LoopWaker(const LoopWaker&) = delete;
  LoopWaker& operator=(const LoopWaker&) = delete;

  // Any thread.
  void Wake();
  // Any thread. Wakes every loop of the process that has not ended, for work that any of them may take.
  static void WakeAll();

  // Loop thread: each Ref() keeps the process alive until its Unref().
  void Ref();
  void Unref();

  // Loop thread: closes the libuv handle; call once, before the environment ends.
  void End();
  [[nodiscard]] bool ended() const { return ended_; }

 private:
  static void OnAsync(uv_async_t* async);

  std::mutex mutex_;  // keeps other threads from waking a handle while it is being closed
  UvHandle<uv_async_t> async_;
  std::function<void()> on_wake_;
  int refs_ = 0;
  std::atomic<bool> ended_{false};
};

}  // namespace rxvirt
