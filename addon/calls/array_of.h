// SPDX-License-Identifier: MIT
#pragma once
#include <napi.h>

#include "node/handle_scope.h"

namespace rxvirt {

// Makes an array of what `make` returns for each item. Uses raw Node-API, because the C++ wrapper needs
// several times as long, and a list can have thousands of items.
template <typename Items, typename Make>
Napi::Array ArrayOf(Napi::Env env, const Items& items, Make make) {
  auto array = Napi::Array::New(env, items.size());
  uint32_t index = 0;
  for (const auto& item : items) {
    const HandleScope scope(env);
    napi_value value = make(item);
    if (value == nullptr || napi_set_element(env, array, index++, value) != napi_ok)
      throw Napi::Error::New(env, "the answer of a call can't be made");
  }
  return array;
}

}  // namespace rxvirt
