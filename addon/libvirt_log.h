// SPDX-License-Identifier: MIT
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "node/loop_waker.h"

namespace rxvirt {

// libvirt prints errors to stderr unless a function takes them. Ours keeps lines until an instance takes them
// for its logger: the first one, and when that has ended, the next one that wakes. Process-wide; any thread
// may fail.
void TakeOverLibvirtLog(std::shared_ptr<LoopWaker> waker);

// Loop thread: the lines since the last time, for the instance that has the log; empty for others.
std::vector<std::string> TakeLibvirtLog(const std::shared_ptr<LoopWaker>& waker);

}  // namespace rxvirt
