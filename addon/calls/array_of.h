// SPDX-License-Identifier: MIT
#pragma once
#include <napi.h>

#include <algorithm>
#include <cstddef>
#include <vector>

#include "node/handle_scope.h"

namespace rxvirt {

// Makes an array of what `make` returns for each item, by the array's push() for many at once: Node-API,
// which sets one after the other, needs several times as long, and a list can have thousands of items.
template <typename Items, typename Make>
Napi::Array ArrayOf(Napi::Env env, const Items& items, Make make) {
  constexpr size_t kAtOnce = 512;
  const auto check = [env](bool is_well) {
    if (!is_well) throw Napi::Error::New(env, "the answer of a call can't be made");
  };
  auto array = Napi::Array::New(env);
  napi_value push = nullptr;
  check(napi_get_named_property(env, array, "push", &push) == napi_ok);
  std::vector<napi_value> some;
  some.reserve(std::min<size_t>(items.size(), kAtOnce));
  for (auto item = items.begin(); item != items.end();) {
    const HandleScope scope(env);
    some.clear();
    for (; item != items.end() && some.size() < kAtOnce; ++item) {
      some.push_back(make(*item));
      check(some.back() != nullptr);
    }
    check(napi_call_function(env, array, push, some.size(), some.data(), nullptr) == napi_ok);
  }
  return array;
}

}  // namespace rxvirt
