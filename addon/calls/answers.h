// SPDX-License-Identifier: MIT
#pragma once
#include <napi.h>

#include <memory>
#include <tuple>
#include <type_traits>

#include "calls/found_objects.h"
#include "calls/infos.h"
#include "calls/object_lists.h"

namespace rxvirt {

// How a call handles each type that libvirt's functions return, as their result or through a pointer. Keep()
// runs on the call thread. It takes what the function has returned, and its Value may be moved to any thread.
// ToJs() runs on the loop thread and makes the value that the promise resolves with. A type of result has
// IsFailure() too.
template <typename Returned, typename = void>
struct Answer;

template <typename Number>
struct Answer<Number, std::enable_if_t<std::is_integral_v<Number>>> {
  using Value = Number;
  static bool IsFailure(Number result) { return result < 0; }
  static Value Keep(Number number, const std::shared_ptr<ConnectionState>&) { return number; }
  static Napi::Value ToJs(Napi::Env env, Value number) {
    return Napi::Number::New(env, static_cast<double>(number));
  }
};

// A libvirt object.
template <typename Object>
struct Answer<Object*, std::void_t<decltype(ObjectKind<Object>::kLookup)>> {
  using Value = FoundObject;
  static bool IsFailure(Object* object) { return object == nullptr; }
  static Value Keep(Object* object, const std::shared_ptr<ConnectionState>& connection) {
    return KeepObject(object, connection);
  }
  static Napi::Value ToJs(Napi::Env env, const Value& found) { return rxvirt::ToJs(env, found); }
};

template <typename Object>
struct Answer<ObjectList<Object>> {
  using Value = FoundObjects;
  static Value Keep(ObjectList<Object>& list, const std::shared_ptr<ConnectionState>& connection) {
    return list.Keep(connection);
  }
  static Napi::Value ToJs(Napi::Env env, const Value& found) { return rxvirt::ToJs(env, found); }
};

template <>
struct Answer<StatsRecords> {
  using Value = DomainStats;
  static Value Keep(const StatsRecords& records, const std::shared_ptr<ConnectionState>& connection) {
    return records.Keep(connection);
  }
  static Napi::Value ToJs(Napi::Env env, const Value& stats) { return rxvirt::ToJs(env, stats); }
};

// A plain structure of numbers.
template <typename Info>
struct Answer<Info, std::void_t<decltype(InfoFields<Info>::kAll)>> {
  using Value = Info;
  static Value Keep(const Info& info, const std::shared_ptr<ConnectionState>&) { return info; }
  static Napi::Value ToJs(Napi::Env env, const Value& info) {
    auto array = Napi::Array::New(env);
    uint32_t index = 0;
    std::apply([&](auto... field) { ((array[index++] = static_cast<double>(info.*field)), ...); },
               InfoFields<Info>::kAll);
    return array;
  }
};

}  // namespace rxvirt
