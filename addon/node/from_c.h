// SPDX-License-Identifier: MIT
#pragma once
#include <type_traits>

namespace rxvirt {

// What a function that C calls returns when it fails. For libvirt and Node-API that is -1 or a null pointer.
template <typename Result>
Result Failure() noexcept {
  if constexpr (std::is_same_v<Result, int>) {
    return -1;
  } else {
    return Result();
  }
}

template <auto function>
struct EntryFromC;

template <typename Result, typename... Arguments, Result (*function)(Arguments...)>
struct EntryFromC<function> {
  static Result Call(Arguments... arguments) noexcept {
    try {
      return function(arguments...);
    } catch (...) {
      // This is a Napi::Error of an environment that is being terminated, or std::bad_alloc. C frames lie
      // below, and no exception may pass through them. Each entry leaves consistent data when it throws, so
      // the exception can be dropped.
      return Failure<Result>();
    }
  }
};

// The entry through which a C library calls `function`. It is used for every function pointer that libuv,
// libvirt or raw Node-API gets from us, so that no exception ever reaches their frames. `function` must not
// be noexcept itself: then an exception would end the process, instead of becoming a failure.
// spec/native/entries-from-c-spec.ts finds function pointers that are not made with it.
template <auto function>
inline constexpr auto* FromC = &EntryFromC<function>::Call;

}  // namespace rxvirt
