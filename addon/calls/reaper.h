// SPDX-License-Identifier: MIT
#pragma once
#include <exception>
#include <functional>
#include <utility>

namespace rxvirt {

// Runs jobs that outlive an environment, or that must not run on its thread: closing connections that nobody
// waits for any more, and the free callbacks that an ended loop can no longer run. Any thread. A job may
// block for long, because a host doesn't answer. So a job gets a new thread while all others are busy, up to
// a limit.
void PostToReaper(std::function<void()> job);

// The same, also for a destructor: where there is no memory for the job, what it would have closed stays
// open.
template <typename Job>
void RunOnReaper(Job&& job) noexcept {
  try {
    PostToReaper(std::forward<Job>(job));
  } catch (const std::exception&) {
  }
}

}  // namespace rxvirt
