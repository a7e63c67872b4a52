// SPDX-License-Identifier: MIT
#pragma once
#include <napi.h>

#include <memory>
#include <utility>

namespace rxvirt {

// A share for JavaScript, which goes when JavaScript collects it. Node-API refuses while the environment is
// being terminated, and then what it was given is still ours.
template <typename Value>
Napi::External<std::shared_ptr<Value>> ToExternal(Napi::Env env, std::shared_ptr<Value> value) {
  auto share = std::make_unique<std::shared_ptr<Value>>(std::move(value));
  auto external = Napi::External<std::shared_ptr<Value>>::New(
      env, share.get(), [](Napi::Env, std::shared_ptr<Value>* held) { delete held; });
  (void)share.release();
  return external;
}

}  // namespace rxvirt
