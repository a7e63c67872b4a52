// SPDX-License-Identifier: MIT
#pragma once
#include <napi.h>

namespace rxvirt {

// Enters JavaScript from the event loop: opens a handle scope and a callback scope, so that promise reactions
// and process.nextTick() run when the scope closes. Loop thread only, with no JavaScript further down the
// stack.
class AsyncScope {
 public:
  explicit AsyncScope(napi_env env, napi_async_context context) : env_(env), handles_(env) {
    napi_value resource = nullptr;
    napi_create_object(env, &resource);
    if (napi_open_callback_scope(env, resource, context, &callback_) != napi_ok) callback_ = nullptr;
  }
  ~AsyncScope() {
    if (callback_ != nullptr) napi_close_callback_scope(env_, callback_);
  }
  AsyncScope(const AsyncScope&) = delete;
  AsyncScope& operator=(const AsyncScope&) = delete;

 private:
  napi_env env_;
  Napi::HandleScope handles_;
  napi_callback_scope callback_ = nullptr;
};

}  // namespace rxvirt
