// SPDX-License-Identifier: MIT
#pragma once
#include <uv.h>

#include <array>
#include <atomic>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>

#include "node/uv_handle.h"

namespace rxvirt {

// Wakes one environment's loop from any thread. Other threads hold it by shared_ptr, so it can outlive the
// environment. After End() a wake does nothing.
class LoopWaker : public std::enable_shared_from_this<LoopWaker> {
 public:
  // Loop thread. `on_wake` runs on the loop thread. Several wakes before it runs count as one.
  LoopWaker(uv_loop_t* loop, std::function<void()> on_wake);
  ~LoopWaker();
  LoopWaker(const LoopWaker&) = delete;
  LoopWaker& operator=(const LoopWaker&) = delete;

  // Any thread. While the thread has a LateWakes, the loop is woken when that ends.
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
  friend class LateWakes;
  static void OnAsync(uv_async_t* async);
  void WakeNow();

  std::mutex mutex_;  // keeps other threads from waking a handle while it is being closed
  UvHandle<uv_async_t> async_;
  std::function<void()> on_wake_;
  int refs_ = 0;
  std::atomic<bool> ended_{false};
};

// While it exists, this thread's wakes wait for its end. A thread that causes many events in a row then wakes
// the loop that takes them once, and not for the first event alone. At most one for each thread.
class LateWakes {
 public:
  LateWakes() { current_ = this; }
  ~LateWakes();
  LateWakes(const LateWakes&) = delete;
  LateWakes& operator=(const LateWakes&) = delete;

 private:
  friend class LoopWaker;
  // Returns false if there is no room, so the loop has to be woken at once.
  [[nodiscard]] static bool Take(LoopWaker* waker);

  static constexpr size_t kMost = 16;
  std::array<std::shared_ptr<LoopWaker>, kMost> wakers_;
  size_t count_ = 0;
  inline static thread_local LateWakes* current_ = nullptr;
};

}  // namespace rxvirt
