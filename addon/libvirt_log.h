// SPDX-License-Identifier: MIT
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "node/loop_waker.h"

namespace rxvirt {

// libvirt prints errors to stderr unless a program sets an error function. Ours keeps the lines until an
// instance takes them for its logger. The first instance does. When it has ended, the next instance that
// wakes does. There is one log for the process, and any thread may add lines.
void TakeOverLibvirtLog(std::shared_ptr<LoopWaker> waker);

// Loop thread. Returns the lines since the last call, if this instance has the log. Other instances get none.
std::vector<std::string> TakeLibvirtLog(const std::shared_ptr<LoopWaker>& waker);

}  // namespace rxvirt
