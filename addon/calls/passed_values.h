// SPDX-License-Identifier: MIT
#pragma once
#include <napi.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "calls/handle.h"
#include "calls/own_fds.h"
#include "calls/stream_bytes.h"

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

  // Null is like an array without texts.
  std::vector<std::string> NextTexts() {
    const Napi::Value value = Next();
    std::vector<std::string> texts;
    if (!value.IsNull()) ForEach(value, [&](const Napi::Value& each) { texts.push_back(Text(each)); });
    return texts;
  }

  template <typename Number>
  std::vector<Number> NextIntegers() {
    std::vector<Number> numbers;
    ForEach(Next(), [&](const Napi::Value& each) { numbers.push_back(Integer<Number>(each)); });
    return numbers;
  }

  OwnFds NextFds() {
    OwnFds fds;
    for (const int fd : NextIntegers<int>()) {
      if (!fds.Duplicate(fd)) Refuse("open file descriptors");
    }
    return fds;
  }

  std::vector<unsigned char> NextBytes() {
    const auto bytes = NextArray();
    return {bytes.Data(), bytes.Data() + bytes.ElementLength()};
  }

  StreamBytes NextStreamBytes() {
    const auto array = NextArray();
    if (array.ElementLength() > StreamBytes::kMost) Refuse("at most 1 MiB");
    StreamBytes bytes;
    std::copy_n(array.Data(), array.ElementLength(), bytes.MakeRoom(array.ElementLength()));
    bytes.SetSize(array.ElementLength());
    return bytes;
  }

  // A number, or for 64 bits a bigint too.
  template <typename Number>
  Number NextInteger() {
    return Integer<Number>(Next());
  }

  [[nodiscard]] Napi::Env env() const { return info_.Env(); }

  Napi::Uint8Array NextArray() {
    const Napi::Value value = Next();
    if (!value.IsTypedArray() || value.As<Napi::TypedArray>().TypedArrayType() != napi_uint8_array)
      Refuse("a Buffer or a Uint8Array");
    return value.As<Napi::Uint8Array>();
  }

  // The value as it is, for arguments of more than one part.
  Napi::Value Next() { return info_[taken_++]; }

  [[noreturn]] void Refuse(const char* wanted) const {
    throw Napi::TypeError::New(
        info_.Env(), std::string(call_) + " needs " + wanted + " as argument " + std::to_string(taken_));
  }

  template <typename Number>
  Number Integer(const Napi::Value& value) {
    if constexpr (sizeof(Number) == sizeof(int64_t)) {
      if (value.IsBigInt()) return FromBigInt<Number>(value.As<Napi::BigInt>());
    }
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
    return Text(value);
  }

  std::string Text(const Napi::Value& value) {
    if (!value.IsString()) Refuse("a string");
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

  template <typename Take>
  void ForEach(const Napi::Value& value, Take take) {
    if (!value.IsArray()) Refuse("an array");
    const auto array = value.As<Napi::Array>();
    for (uint32_t i = 0; i < array.Length(); ++i) {
      const Napi::HandleScope scope(env());
      take(array.Get(i));
    }
  }

  template <typename Number>
  Number FromBigInt(const Napi::BigInt& value) {
    bool is_lossless = false;
    Number number{};
    if constexpr (std::is_signed_v<Number>) {
      number = static_cast<Number>(value.Int64Value(&is_lossless));
    } else {
      number = static_cast<Number>(value.Uint64Value(&is_lossless));
    }
    if (!is_lossless) Refuse("an integer that the parameter can hold");
    return number;
  }

  const Napi::CallbackInfo& info_;
  const char* call_;
  size_t taken_ = 0;
};

}  // namespace rxvirt
