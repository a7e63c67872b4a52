// SPDX-License-Identifier: MIT
#pragma once
#include <libvirt/libvirt.h>

#include <memory>
#include <mutex>
#include <new>
#include <string>
#include <utility>

#include "calls/connection.h"
#include "calls/object_kinds.h"

namespace rxvirt {

// One object of a connection, identified by its key. libvirt's own object is looked up by the first call that
// needs it, so making a Held costs no call. Closing the connection frees libvirt's object.
template <typename Object>
class Held final : public HeldObject {
 public:
  Held(std::shared_ptr<ConnectionState> connection_state, std::string object_key)
      : HeldObject(KindOf<Held>()), connection(std::move(connection_state)), key(std::move(object_key)) {}
  // May run on a thread that must not block. Freeing doesn't block. Closing the connection takes object_ out,
  // and then waits for `releasing`. So while that is locked, an object that was still here has not the last
  // reference to the connection.
  ~Held() override {
    const std::lock_guard<std::mutex> releasing(connection->releasing);
    if (Object* const object = Leave()) ObjectKind<Object>::Release(object);
  }

  const std::shared_ptr<ConnectionState> connection;
  const std::string key;

  // Takes ownership of the caller's reference and returns true. When the connection is closed, or there is an
  // object already, returns false and leaves the reference to the caller.
  [[nodiscard]] bool Adopt(Object* object) {
    const std::lock_guard<std::mutex> lock(connection->mutex);
    return AdoptLocked(object);
  }
  // The same with the connection's mutex locked.
  [[nodiscard]] bool AdoptLocked(Object* object) {
    if (connection->connection == nullptr || object_ != nullptr) return false;
    connection->objects.insert(this);
    object_ = object;
    return true;
  }
  // Returns a new reference, which the caller must free; nullptr when there is no object.
  [[nodiscard]] Object* Share() {
    const std::lock_guard<std::mutex> lock(connection->mutex);
    return object_ != nullptr && ObjectKind<Object>::Ref(object_) == 0 ? object_ : nullptr;
  }
  [[nodiscard]] Reference TakeOut() override {
    return {std::exchange(object_, nullptr),
            [](void* object) { (void)ObjectKind<Object>::Discard(static_cast<Object*>(object)); }};
  }

 private:
  [[nodiscard]] Object* Leave() {
    const std::lock_guard<std::mutex> lock(connection->mutex);
    connection->objects.erase(this);
    return std::exchange(object_, nullptr);
  }

  Object* object_ = nullptr;  // guarded by the connection's mutex
};

// A reference that keeps libvirt's object during one call. Call threads only, because the constructor may
// have to look up the object.
template <typename Object>
class Borrowed {
 public:
  explicit Borrowed(Held<Object>& held) : object_(held.Share()) {
    if (object_ != nullptr) return;
    const auto& lookup = ObjectKind<Object>::kLookup;
    const ConnectionRef connection(*held.connection);
    if (connection.get() == nullptr) {
      error_ = VirError::Closed("");
      return;
    }
    object_ = lookup(connection.get(), held.key.c_str());
    if (object_ == nullptr) {
      error_ = VirError::Last(lookup.name);
    } else if (ObjectKind<Object>::Ref(object_) == 0 && !IsAdopted(held)) {
      (void)ObjectKind<Object>::Free(object_);
    }
  }
  ~Borrowed() {
    if (object_ != nullptr) (void)ObjectKind<Object>::Free(object_);
  }
  Borrowed(const Borrowed&) = delete;
  Borrowed& operator=(const Borrowed&) = delete;
  [[nodiscard]] Object* get() const { return object_; }  // nullptr when there is an error()
  // Says of no call when the connection is closed: see VirError::Of().
  [[nodiscard]] const VirError& error() const { return error_; }

 private:
  // Without memory to keep it, the next call looks it up again.
  bool IsAdopted(Held<Object>& held) {
    try {
      return held.Adopt(object_);
    } catch (const std::bad_alloc&) {
      return false;
    }
  }

  Object* object_ = nullptr;
  VirError error_;
};

}  // namespace rxvirt
