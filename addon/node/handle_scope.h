// SPDX-License-Identifier: MIT
#pragma once
#include <node_api.h>

namespace rxvirt {

// A handle scope that doesn't throw, unlike Napi::HandleScope: when it can't be opened for want of memory,
// the handles belong to the scope outside of it.
class HandleScope {
 public:
  explicit HandleScope(napi_env env) : env_(env) { (void)napi_open_handle_scope(env, &scope_); }
  ~HandleScope() {
    if (scope_ != nullptr) (void)napi_close_handle_scope(env_, scope_);
  }
  HandleScope(const HandleScope&) = delete;
  HandleScope& operator=(const HandleScope&) = delete;

 private:
  napi_env env_;
  napi_handle_scope scope_ = nullptr;
};

}  // namespace rxvirt
