// SPDX-License-Identifier: MIT
#pragma once
#include <napi.h>

#include <cstdint>
#include <type_traits>

#include "events/exact_integer.h"

namespace rxvirt {

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
