// SPDX-License-Identifier: MIT
#pragma once
#include <chrono>
#include <new>
#include <thread>

namespace rxvirt {

// Runs `step` again and again until there is memory for it. For what must not be left undone, on a thread
// that may wait: never on a JavaScript thread.
template <typename Step>
void UntilMemory(Step step) {
  for (;;) {
    try {
      step();
      return;
    } catch (const std::bad_alloc&) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
  }
}

}  // namespace rxvirt
