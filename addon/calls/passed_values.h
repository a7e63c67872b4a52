// SPDX-License-Identifier: MIT
#pragma once
#include <napi.h>

#include <cmath>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "calls/handle.h"

namespace rxvirt {

// The arguments that JavaScript passed to a function, read one after the other. An argument that doesn't fit
// throws a TypeError, before any libvirt function is called.
class PassedValues {
 public:
  PassedValues(const Napi::CallbackInfo& info, const char* call) : info_(info), call_(call) {}

  template <typename Kind>
  std::shared_ptr<Kind> NextHandle() {
    auto handle = FromExternal<Kind>(Next());
    if (handle == nullptr) Refuse("a handle of the right kind");
    return handle;
  }

  // An array of handles: at least one, and all of the same connection.
  template <typename Kind>
  std::vector<std::shared_ptr<Kind>> NextHandles() {
    const Napi::Value value = Next();
    const auto array = value.IsArray() ? value.As<Napi::Array>() : Napi::Array::New(info_.Env());
    std::vector<std::shared_ptr<Kind>> handles;
    handles.reserve(array.Length());
    for (uint32_t i = 0; i < array.Length(); ++i) {
      const Napi::HandleScope scope(info_.Env());
      auto handle = FromExternal<Kind>(array.Get(i));
      if (handle == nullptr) Refuse("handles of the right kind");
      if (i > 0 && handle->connection != handles.front()->connection) Refuse("handles of one connection");
      handles.push_back(std::move(handle));
    }
    if (handles.empty()) Refuse("an array with at least one handle");
    return handles;
  }

  template <typename Number>
  Number NextInteger() {
    const Napi::Value value = Next();
    const double number = value.IsNumber() ? value.As<Napi::Number>().DoubleValue() : std::nan("");
    if (std::trunc(number) != number || number < static_cast<double>(std::numeric_limits<Number>::lowest()) ||
        number > static_cast<double>(std::numeric_limits<Number>::max()) ||
        std::abs(number) > kMaxSafeInteger) {
      Refuse("an integer that the parameter can hold");
    }
    return static_cast<Number>(number);
  }

  std::optional<std::string> NextText() {
    const Napi::Value value = Next();
    if (value.IsNull()) return std::nullopt;
    if (!value.IsString()) Refuse("a string or null");
    std::string text = value.As<Napi::String>().Utf8Value();
    // libvirt would take it for the end of the text.
    if (text.find('\0') != std::string::npos) Refuse("a text without null characters");
    return text;
  }

  // Call it after the last argument is read. Throws a TypeError when JavaScript has passed more or fewer
  // arguments.
  void End() const {
    if (info_.Length() == taken_) return;
    throw Napi::TypeError::New(info_.Env(), std::string(call_) + " takes " + std::to_string(taken_) +
                                                " arguments, and got " + std::to_string(info_.Length()));
  }

 private:
  static constexpr double kMaxSafeInteger = 9007199254740991;

  Napi::Value Next() { return info_[taken_++]; }

  [[noreturn]] void Refuse(const char* wanted) const {
    throw Napi::TypeError::New(
        info_.Env(), std::string(call_) + " needs " + wanted + " as argument " + std::to_string(taken_));
  }

  const Napi::CallbackInfo& info_;
  const char* call_;
  size_t taken_ = 0;
};

}  // namespace rxvirt
