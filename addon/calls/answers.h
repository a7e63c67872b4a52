// SPDX-License-Identifier: MIT
#pragma once
#include <napi.h>

#include <cstdlib>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>

#include "calls/held.h"

namespace rxvirt {

// How a call takes each type of result that libvirt's functions have. IsFailure() and Keep() run on the call
// thread: Keep() takes over what the function gave, and its Value may go on any thread. ToJs() makes of it
// what the promise resolves with.
template <typename Result, typename = void>
struct Answer;

template <>
struct Answer<int> {
  using Value = int;
  static bool IsFailure(int result) { return result < 0; }
  static Value Keep(int result, const std::shared_ptr<ConnectionState>&) { return result; }
  static Napi::Value ToJs(Napi::Env env, const Value& value) { return Napi::Number::New(env, value); }
};

// An object, which becomes a handle, with what names it.
template <typename Object>
struct Answer<Object*, std::void_t<decltype(ObjectKind<Object>::kLookup)>> {
  struct Value {
    std::shared_ptr<Held<Object>> held;
    ObjectIdentity identity;
  };
  static bool IsFailure(Object* object) { return object == nullptr; }
  static Value Keep(Object* object, const std::shared_ptr<ConnectionState>& connection) {
    std::unique_ptr<Object, int (*)(Object*)> owned(object, ObjectKind<Object>::Free);
    auto identity = ObjectKind<Object>::Describe(object);
    auto held = std::make_shared<Held<Object>>(connection, identity.key);
    if (held->Adopt(object)) (void)owned.release();
    return {std::move(held), std::move(identity)};
  }
  static Napi::Value ToJs(Napi::Env env, const Value& value) {
    auto object = Napi::Object::New(env);
    object["handle"] = ToExternal(env, value.held);
    object["key"] = value.identity.key;
    object["name"] = value.identity.name;
    object["id"] = value.identity.id;
    return object;
  }
};

}  // namespace rxvirt
