// SPDX-License-Identifier: MIT
#pragma once
#include <napi.h>

#include <initializer_list>
#include <optional>
#include <string>

namespace rxvirt {

// A JavaScript function that the addon calls. Such a function catches what users' code throws. So an
// exception that still arrives here means that the environment is being terminated. It is dropped, because
// nothing may propagate through the C frames below. Loop thread only.
class JsHook {
 public:
  void Set(const Napi::Function& function) { function_ = Napi::Persistent(function); }

  // Returns nullptr when the call did not return. Needs an open handle scope. Uses raw Node-API, because the
  // C++ wrapper allocates and throws, and this is the hot path.
  napi_value Call(napi_env env, std::initializer_list<napi_value> arguments) const {
    napi_value receiver = nullptr;
    napi_value function = nullptr;
    napi_value result = nullptr;
    for (napi_value argument : arguments) {
      if (argument == nullptr) return nullptr;  // this argument could not be made
    }
    if (function_.IsEmpty() || napi_get_undefined(env, &receiver) != napi_ok) return nullptr;
    if (napi_get_reference_value(env, function_, &function) != napi_ok || function == nullptr) return nullptr;
    const napi_status status =
        napi_call_function(env, receiver, function, arguments.size(), arguments.begin(), &result);
    if (status == napi_ok) return result;
    napi_value dropped = nullptr;
    if (status == napi_pending_exception) napi_get_and_clear_last_exception(env, &dropped);
    return nullptr;
  }

 private:
  Napi::FunctionReference function_;
};

inline napi_value ToJs(napi_env env, double number) {
  napi_value value = nullptr;
  napi_create_double(env, number, &value);
  return value;
}

inline napi_value ToJs(napi_env env, int number) {
  napi_value value = nullptr;
  napi_create_int32(env, number, &value);
  return value;
}

// Returns nullptr when memory runs out, or while the environment is being terminated. Invalid UTF-8 becomes
// U+FFFD: names and reasons can come from a guest.
inline napi_value ToJs(napi_env env, const std::string& text) {
  napi_value value = nullptr;
  napi_create_string_utf8(env, text.data(), text.size(), &value);
  return value;
}

inline napi_value ToJs(napi_env env, const std::optional<std::string>& text) {
  if (text) return ToJs(env, *text);
  napi_value value = nullptr;
  napi_get_null(env, &value);
  return value;
}

}  // namespace rxvirt
