// SPDX-License-Identifier: MIT
#pragma once
#include <type_traits>

namespace rxvirt {

// How a function that C calls says that it failed: libvirt and Node-API take -1 and a null pointer for it.
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
      // Napi::Error of an environment that is being terminated, or std::bad_alloc. C frames lie below, so
      // nothing may pass; what each entry leaves behind is whole without what was thrown.
      return Failure<Result>();
    }
  }
};

// The entry through which a C library calls `function`: every function pointer that libuv, libvirt or raw
// Node-API gets from us is made by this, so that no exception ever reaches their frames. `function` must not
// be noexcept itself: that would end the process where this answers with a failure.
// spec/native/entries-from-c-spec.ts looks for pointers that are not.
template <auto function>
inline constexpr auto* FromC = &EntryFromC<function>::Call;

}  // namespace rxvirt
