// SPDX-License-Identifier: MIT
#include "calls/found_objects.h"

#include <algorithm>

#include "calls/array_of.h"
#include "calls/object_lists.h"
#include "node/js_hook.h"

namespace rxvirt {

Napi::Object ToJs(Napi::Env env, const FoundObject& found) {
  auto object = Napi::Object::New(env);
  object["handle"] = ToExternal(env, found.handle);
  object["key"] = found.identity.key;
  object["name"] = found.identity.name;
  object["id"] = found.identity.id;
  return object;
}

Napi::Object ToJs(Napi::Env env, const FoundObjects& found) {
  const auto& identities = found.identities;
  auto object = Napi::Object::New(env);
  object["handles"] = ArrayOf(env, found.handles, [&](const auto& each) { return ToExternal(env, each); });
  object["keys"] = ArrayOf(env, identities, [&](const auto& each) { return ToJs(env, each.key); });
  object["names"] = ArrayOf(env, identities, [&](const auto& each) { return ToJs(env, each.name); });
  auto ids = Napi::Int32Array::New(env, identities.size());
  std::transform(identities.begin(), identities.end(), ids.Data(), [](const auto& each) { return each.id; });
  object["ids"] = ids;
  return object;
}

Napi::Object ToJs(Napi::Env env, const DomainStats& stats) {
  auto object = ToJs(env, stats.domains);
  AddToJs(env, stats.values, object);
  return object;
}

}  // namespace rxvirt
