// SPDX-License-Identifier: MIT
#pragma once
#include <napi.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "node/handle_scope.h"

namespace rxvirt {

// A program may have replaced push() by one that does something else. Then each item is set.
inline bool Append(napi_env env, napi_value array, napi_value push, const std::vector<napi_value>& items,
                   uint32_t* length) {
  const uint32_t start = std::exchange(*length, *length + static_cast<uint32_t>(items.size()));
  napi_value pushed = nullptr;
  uint32_t pushed_length = 0;
  const bool is_called =
      napi_call_function(env, array, push, items.size(), items.data(), &pushed) == napi_ok &&
      napi_get_value_uint32(env, pushed, &pushed_length) == napi_ok;
  if (is_called && pushed_length == *length) return true;
  napi_value dropped = nullptr;
  (void)napi_get_and_clear_last_exception(env, &dropped);
  for (uint32_t i = 0; i < items.size(); ++i) {
    if (napi_set_element(env, array, start + i, items[i]) != napi_ok) return false;
  }
  return true;
}

// Makes an array of what `make` returns for each item, by the array's push() for many at once: Node-API,
// which sets one after the other, needs several times as long, and a list can have thousands of items.
template <typename Items, typename Make>
Napi::Array ArrayOf(Napi::Env env, const Items& items, Make make) {
  constexpr size_t kAtOnce = 512;
  auto array = Napi::Array::New(env);
  napi_value push = nullptr;
  (void)napi_get_named_property(env, array, "push", &push);
  std::vector<napi_value> some;
  some.reserve(std::min<size_t>(items.size(), kAtOnce));
  uint32_t length = 0;
  for (auto item = items.begin(); item != items.end();) {
    const HandleScope scope(env);
    some.clear();
    for (; item != items.end() && some.size() < kAtOnce; ++item) some.push_back(make(*item));
    if (std::find(some.begin(), some.end(), nullptr) != some.end() ||
        !Append(env, array, push, some, &length))
      throw Napi::Error::New(env, "the answer of a call can't be made");
  }
  return array;
}

}  // namespace rxvirt
