// SPDX-License-Identifier: MIT
#include "calls/parameter_values.h"

#include <algorithm>

#include "calls/array_of.h"
#include "node/js_hook.h"

namespace rxvirt {

Napi::Object ToJs(Napi::Env env, const ParameterValues& values) {
  auto object = Napi::Object::New(env);
  AddToJs(env, values, object);
  return object;
}

void AddToJs(Napi::Env env, const ParameterValues& values, Napi::Object object) {
  auto numbers = Napi::Float64Array::New(env, values.numbers.size());
  std::copy(values.numbers.begin(), values.numbers.end(), numbers.Data());
  object["numbers"] = numbers;
  object["fields"] = ArrayOf(env, values.fields, [&](const auto& name) { return ToJs(env, name); });
  object["strings"] = ArrayOf(env, values.strings, [&](const auto& text) { return ToJs(env, text); });
}

}  // namespace rxvirt
