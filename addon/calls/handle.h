// SPDX-License-Identifier: MIT
#pragma once
#include <napi.h>

#include <memory>
#include <utility>

namespace rxvirt {

// What JavaScript holds a share of: a connection, or an object of one.
class Handle {
 public:
  virtual ~Handle() = default;
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;

  // Of which class it is. node-gyp builds without the compiler's own information on types.
  template <typename Kind>
  static const void* KindOf() {
    static char kind;
    return &kind;
  }
  const void* const kind;

 protected:
  explicit Handle(const void* kind) : kind(kind) {}
};

// A share for JavaScript, which goes when JavaScript collects it. Node-API refuses while the environment is
// being terminated, and then what it was given is still ours.
inline Napi::Value ToExternal(Napi::Env env, std::shared_ptr<Handle> handle) {
  auto share = std::make_unique<std::shared_ptr<Handle>>(std::move(handle));
  auto external = Napi::External<std::shared_ptr<Handle>>::New(
      env, share.get(), [](Napi::Env, std::shared_ptr<Handle>* held) { delete held; });
  (void)share.release();
  return external;
}

// nullptr for what is no handle of this kind.
template <typename Kind>
std::shared_ptr<Kind> FromExternal(const Napi::Value& value) {
  if (!value.IsExternal()) return nullptr;
  const auto& handle = *value.As<Napi::External<std::shared_ptr<Handle>>>().Data();
  return handle->kind == Handle::KindOf<Kind>() ? std::static_pointer_cast<Kind>(handle) : nullptr;
}

}  // namespace rxvirt
