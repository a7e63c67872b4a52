// SPDX-License-Identifier: MIT
#pragma once
#include <functional>

namespace rxvirt {

// Runs jobs that outlive an environment, or that must not run on its thread: closing connections that nobody
// waits for any more, and the free callbacks that an ended loop can no longer run. Any thread. A job may
// block for long, because a host doesn't answer. So a job gets a new thread while all others are busy, up to
// a limit. A job must not throw.
void RunOnReaper(std::function<void()> job) noexcept;

}  // namespace rxvirt
