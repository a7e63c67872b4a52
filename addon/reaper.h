// SPDX-License-Identifier: MIT
#pragma once
#include <functional>

namespace rxvirt {

// Runs what outlives an environment on a thread of its own, in order: closing the connections that a
// terminated worker left open, and the free callbacks that its loop can no longer run.
// Any thread; the thread starts with the first job and lives as long as the process.
void RunOnReaper(std::function<void()> job);

}  // namespace rxvirt
