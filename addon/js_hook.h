// SPDX-License-Identifier: MIT
#pragma once
#include <napi.h>

#include <initializer_list>

namespace rxvirt {

// A JavaScript function that the addon calls. The functions handed in catch what users' code throws, so an
// exception that still arrives means that the environment is being terminated; it is dropped, because
// nothing may propagate through the C frames below. Loop thread only.
class JsHook {
 public:
  void Set(const Napi::Function& function) { function_ = Napi::Persistent(function); }
  [[nodiscard]] bool IsSet() const { return !function_.IsEmpty(); }

  // Returns null when the call did not return. Needs an open handle scope.
  // Raw Node-API: the wrapper allocates and throws, and this is the hot path.
  napi_value Call(napi_env env, std::initializer_list<napi_value> arguments) const {
    napi_value receiver = nullptr;
    napi_value function = nullptr;
    napi_value result = nullptr;
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

}  // namespace rxvirt
