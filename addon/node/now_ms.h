// SPDX-License-Identifier: MIT
#pragma once
#include <ctime>

namespace rxvirt {

// The time as Date.now() has it: milliseconds since 1970.
inline double NowMs() {
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  return static_cast<double>(now.tv_sec) * 1000 + static_cast<double>(now.tv_nsec / 1'000'000);
}

}  // namespace rxvirt
