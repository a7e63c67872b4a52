// SPDX-License-Identifier: MIT
#pragma once
#include <napi.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <type_traits>

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

// An integer that JavaScript's numbers don't have becomes a bigint: no digit is ever lost.
template <typename Integer>
Napi::Value ExactNumber(Napi::Env env, Integer integer) {
  if constexpr (sizeof(Integer) == sizeof(int64_t)) {
    if (!IsExact(integer)) {
      if constexpr (std::is_signed_v<Integer>) {
        return Napi::BigInt::New(env, static_cast<int64_t>(integer));
      } else {
        return Napi::BigInt::New(env, static_cast<uint64_t>(integer));
      }
    }
  }
  return Napi::Number::New(env, static_cast<double>(integer));
}

}  // namespace rxvirt
