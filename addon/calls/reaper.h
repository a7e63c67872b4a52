// SPDX-License-Identifier: MIT
#pragma once
#include <functional>

namespace rxvirt {

// Runs what outlives an environment, or must not run on its thread: closing connections that nobody waits
// for any more, and the free callbacks that an ended loop can no longer run.
// Any thread. A job may block for long (a host that does not answer), so each job has a thread of its own
// while others are busy, up to a bound. A job may not throw.
void RunOnReaper(std::function<void()> job) noexcept;

}  // namespace rxvirt
