// SPDX-License-Identifier: MIT
#pragma once
#include <chrono>
#include <thread>

namespace rxvirt {

// For long work on a thread that nobody waits for: lets other threads have the processor, where a call may
// have begun meanwhile. On a busy machine they keep it for long, so this takes a fifth of the time at most:
// the work has to keep up with those who make it.
inline void GiveWay() {
  using Clock = std::chrono::steady_clock;
  static thread_local Clock::time_point next{};
  const auto from = Clock::now();
  if (from < next) return;
  std::this_thread::yield();
  const auto to = Clock::now();
  next = to + 4 * (to - from);
}

}  // namespace rxvirt
