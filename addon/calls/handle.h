// SPDX-License-Identifier: MIT
#pragma once
#include <napi.h>

#include <memory>
#include <utility>

namespace rxvirt {

// An object that JavaScript owns a share of: a connection, or an object of a connection.
class Handle {
 public:
  virtual ~Handle() = default;
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;

  // Identifies the handle's class. dynamic_cast can't do that, because node-gyp builds without RTTI.
  template <typename Kind>
  static const void* KindOf() {
    static char kind;
    return &kind;
  }
  const void* const kind;

 protected:
  explicit Handle(const void* kind) : kind(kind) {}
};

// Releases a share on another thread. Any thread. To free libvirt's objects takes too long for the JavaScript
// thread: some milliseconds for the few thousand that a garbage collection finds.
void ReleaseElsewhere(std::shared_ptr<Handle> share) noexcept;

// Makes a share for JavaScript. The share is released when JavaScript collects the value. While the
// environment is being terminated Node-API refuses and throws. The share is then still ours, and is released
// here.
inline Napi::Value ToExternal(Napi::Env env, std::shared_ptr<Handle> handle) {
  auto share = std::make_unique<std::shared_ptr<Handle>>(std::move(handle));
  auto external = Napi::External<std::shared_ptr<Handle>>::New(env, share.get(),
                                                               [](Napi::Env, std::shared_ptr<Handle>* held) {
                                                                 ReleaseElsewhere(std::move(*held));
                                                                 delete held;
                                                               });
  (void)share.release();
  return external;
}

// Returns nullptr when the value is not a handle of this kind.
template <typename Kind>
std::shared_ptr<Kind> FromExternal(const Napi::Value& value) {
  if (!value.IsExternal()) return nullptr;
  const auto& handle = *value.As<Napi::External<std::shared_ptr<Handle>>>().Data();
  return handle->kind == Handle::KindOf<Kind>() ? std::static_pointer_cast<Kind>(handle) : nullptr;
}

}  // namespace rxvirt
