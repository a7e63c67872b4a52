// SPDX-License-Identifier: MIT
#pragma once
#include <cmath>
#include <limits>

namespace rxvirt {

// Whether JavaScript's numbers have this integer. They have all up to 2^53, and above that the multiples of a
// power of two, for example the sizes of disks.
template <typename Integer>
bool IsExact(Integer integer) {
  const auto number = static_cast<double>(integer);
  // 2^63 or 2^64 itself doesn't fit into the type again.
  return number < std::ldexp(1.0, std::numeric_limits<Integer>::digits) &&
         static_cast<Integer>(number) == integer;
}

}  // namespace rxvirt
