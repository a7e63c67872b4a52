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

// How a call handles each type of result that libvirt's functions have. IsFailure() and Keep() run on the
// call thread. Keep() takes ownership of the result; its Value may be moved to any thread. ToJs() runs on the
// loop thread and makes the value that the promise resolves with.
template <typename Result, typename = void>
struct Answer;

template <>
struct Answer<int> {
  using Value = int;
  static bool IsFailure(int result) { return result < 0; }
  static Value Keep(int result, const std::shared_ptr<ConnectionState>&) { return result; }
  static Napi::Value ToJs(Napi::Env env, const Value& value) { return Napi::Number::New(env, value); }
};

// A libvirt object. JavaScript gets a handle of it, with its key, name and id.
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
