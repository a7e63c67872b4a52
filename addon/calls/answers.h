// SPDX-License-Identifier: MIT
#pragma once
#include <napi.h>

#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "calls/exact_number.h"
#include "calls/fields.h"
#include "calls/found_objects.h"
#include "calls/object_lists.h"
#include "calls/own_fds.h"
#include "calls/parameter_values.h"
#include "calls/plain_items.h"
#include "calls/stream_bytes.h"
#include "library/functions.h"

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
  // A function without a sign fails with 0, which is also an answer.
  static bool IsFailure(Number result) {
    if constexpr (std::is_signed_v<Number>) {
      return result < 0;
    } else {
      return result == 0 && virGetLastErrorCode() != VIR_ERR_OK;
    }
  }
  static Value Keep(Number number, const std::shared_ptr<ConnectionState>&) { return number; }
  static Napi::Value ToJs(Napi::Env env, Value number) { return ExactNumber(env, number); }
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
  static Value Keep(StatsRecords& records, const std::shared_ptr<ConnectionState>& connection) {
    return records.Keep(connection);
  }
  static Napi::Value ToJs(Napi::Env env, const Value& stats) { return rxvirt::ToJs(env, stats); }
};

template <typename Struct>
struct Answer<Struct, std::void_t<decltype(Fields<Struct>::kAll)>> {
  using Value = Struct;
  static Value Keep(const Struct& fields, const std::shared_ptr<ConnectionState>&) { return fields; }
  static Napi::Value ToJs(Napi::Env env, const Value& fields) { return StructToJs(env, fields); }
};

// Typed parameters.
template <typename Parameters>
struct ParametersAnswer {
  using Value = ParameterValues;
  static Value Keep(const Parameters& parameters, const std::shared_ptr<ConnectionState>&) {
    return parameters.Keep();
  }
  static Napi::Value ToJs(Napi::Env env, const Value& values) { return rxvirt::ToJs(env, values); }
};
template <>
struct Answer<OwnedParameters> : ParametersAnswer<OwnedParameters> {};
template <typename Item>
struct Answer<ParameterRoom<Item>> : ParametersAnswer<ParameterRoom<Item>> {};

template <>
struct Answer<ParameterValues> {
  using Value = ParameterValues;
  static Value Keep(ParameterValues& values, const std::shared_ptr<ConnectionState>&) {
    return std::move(values);
  }
  static Napi::Value ToJs(Napi::Env env, const Value& values) { return rxvirt::ToJs(env, values); }
};

// What owns its memory moves on as it is.
template <typename Owner>
struct MovedAnswer {
  using Value = Owner;
  static Value Keep(Owner& owner, const std::shared_ptr<ConnectionState>&) { return std::move(owner); }
};

template <>
struct Answer<OwnedText> : MovedAnswer<OwnedText> {
  static Napi::Value ToJs(Napi::Env env, const OwnedText& text) { return FieldToJs(env, text.get()); }
};
template <>
struct Answer<char*> {
  using Value = OwnedText;
  static bool IsFailure(const char* text) { return text == nullptr; }
  static Value Keep(char* text, const std::shared_ptr<ConnectionState>&) { return Value(text); }
  static Napi::Value ToJs(Napi::Env env, const Value& text) { return FieldToJs(env, text.get()); }
};
// A text that libvirt keeps as long as the object, so it is copied. NULL is an answer too.
template <>
struct Answer<const char*> {
  using Value = std::optional<std::string>;
  static bool IsFailure(const char* text) { return text == nullptr && virGetLastErrorCode() != VIR_ERR_OK; }
  static Value Keep(const char* text, const std::shared_ptr<ConnectionState>&) {
    return text != nullptr ? Value(text) : std::nullopt;
  }
  static Napi::Value ToJs(Napi::Env env, const Value& text) {
    return FieldToJs(env, text ? text->c_str() : nullptr);
  }
};

// What is in an array.
template <typename Number, std::enable_if_t<std::is_integral_v<Number>, int> = 0>
Napi::Value ItemToJs(Napi::Env env, Number number) {
  return ExactNumber(env, number);
}
inline Napi::Value ItemToJs(Napi::Env env, const char* text) { return FieldToJs(env, text); }
template <typename Struct>
Napi::Value ItemToJs(Napi::Env env, const Struct* item) {
  return StructToJs(env, *item);
}
template <typename Struct, std::enable_if_t<std::is_class_v<Struct>, int> = 0>
Napi::Value ItemToJs(Napi::Env env, const Struct& item) {
  return StructToJs(env, item);
}

template <typename Item, void (*free_item)(Item)>
struct Answer<OwnedArray<Item, free_item>> : MovedAnswer<OwnedArray<Item, free_item>> {
  static Napi::Value ToJs(Napi::Env env, const OwnedArray<Item, free_item>& items) {
    return ArrayToJs(env, items.begin(), items.size(),
                     [env](const Item& item) { return ItemToJs(env, item); });
  }
};

template <typename Item>
struct Answer<std::vector<Item>> : MovedAnswer<std::vector<Item>> {
  static Napi::Value ToJs(Napi::Env env, const std::vector<Item>& items) {
    if constexpr (std::is_same_v<Item, unsigned char>) {
      return Napi::Buffer<unsigned char>::Copy(env, items.data(), items.size());
    } else {
      return ArrayToJs(env, items.data(), items.size(),
                       [env](const Item& item) { return ItemToJs(env, item); });
    }
  }
};

// Copied into V8's memory: for memory of others it would collect all its garbage again and again.
template <>
struct Answer<StreamBytes> : MovedAnswer<StreamBytes> {
  static Napi::Value ToJs(Napi::Env env, const StreamBytes& bytes) {
    return Napi::Buffer<unsigned char>::Copy(env, bytes.data(), bytes.size());
  }
};

// Descriptors that JavaScript takes over. They are closed if nobody wants them.
template <>
struct Answer<OwnFds> : MovedAnswer<OwnFds> {
  static Napi::Value ToJs(Napi::Env env, OwnFds& fds) {
    const auto released = fds.Release();
    return ArrayToJs(env, released.data(), released.size(), [env](int fd) { return ExactNumber(env, fd); });
  }
};

}  // namespace rxvirt
