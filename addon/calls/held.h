// SPDX-License-Identifier: MIT
#pragma once
#include <libvirt/libvirt.h>

#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "calls/connection.h"
#include "library/functions.h"

namespace rxvirt {

// What names an object to JavaScript.
struct ObjectIdentity {
  std::string key;  // by which it is looked up again
  std::string name;
  int id = -1;  // of a domain that runs
};

// What differs among libvirt's kinds of object: a row for each. `lookup` is by what the object keeps for its
// life: a uuid, or a node device's name.
template <typename Object, const auto& ref, const auto& free, const auto& lookup>
struct ObjectRow {
  static constexpr const auto& kLookup = lookup;
  static int Ref(Object* object) { return ref(object); }
  static int Free(Object* object) { return free(object); }
};

template <typename Object>
struct ObjectKind;

template <>
struct ObjectKind<virDomain>
    : ObjectRow<virDomain, virDomainRef, virDomainFree, virDomainLookupByUUIDString> {
  static ObjectIdentity Describe(virDomainPtr domain) {
    char uuid[VIR_UUID_STRING_BUFLEN] = "";
    virDomainGetUUIDString(domain, uuid);
    return {uuid, virDomainGetName(domain), static_cast<int>(virDomainGetID(domain))};
  }
};
template <>
struct ObjectKind<virNetwork>
    : ObjectRow<virNetwork, virNetworkRef, virNetworkFree, virNetworkLookupByUUIDString> {};
template <>
struct ObjectKind<virStoragePool>
    : ObjectRow<virStoragePool, virStoragePoolRef, virStoragePoolFree, virStoragePoolLookupByUUIDString> {};
template <>
struct ObjectKind<virNodeDevice>
    : ObjectRow<virNodeDevice, virNodeDeviceRef, virNodeDeviceFree, virNodeDeviceLookupByName> {};
template <>
struct ObjectKind<virSecret>
    : ObjectRow<virSecret, virSecretRef, virSecretFree, virSecretLookupByUUIDString> {};

// One object of a connection, named by its uuid (a node device by its name). libvirt's own object is looked
// up by the first call that needs it, so that making one costs no call. Closing the connection frees it.
template <typename Object>
class Held final : public HeldObject {
 public:
  Held(std::shared_ptr<ConnectionState> connection_state, std::string object_key)
      : HeldObject(KindOf<Held>()), connection(std::move(connection_state)), key(std::move(object_key)) {}
  // May run in a garbage collection, so on a thread that must not block. Under the mutex the connection,
  // unless it is closed and the object with it, has a reference of its own, so the object's is not the last
  // one.
  ~Held() override {
    const std::lock_guard<std::mutex> lock(connection->mutex);
    connection->objects.erase(this);
    if (object_ != nullptr) ObjectKind<Object>::Free(object_);
  }

  const std::shared_ptr<ConnectionState> connection;
  const std::string key;

  // Takes over the caller's reference, unless the connection is closed or there is one already: then it stays
  // the caller's.
  [[nodiscard]] bool Adopt(Object* object) {
    const std::lock_guard<std::mutex> lock(connection->mutex);
    if (connection->connection == nullptr || object_ != nullptr) return false;
    connection->objects.insert(this);
    object_ = object;
    return true;
  }
  // A reference for the caller; nullptr when there is none.
  [[nodiscard]] Object* Share() {
    const std::lock_guard<std::mutex> lock(connection->mutex);
    return object_ != nullptr && ObjectKind<Object>::Ref(object_) == 0 ? object_ : nullptr;
  }
  [[nodiscard]] Reference TakeOut() override {
    return {std::exchange(object_, nullptr),
            [](void* object) { (void)ObjectKind<Object>::Free(static_cast<Object*>(object)); }};
  }

 private:
  Object* object_ = nullptr;  // guarded by the connection's mutex
};

// A reference that keeps libvirt's object for the time of one call. Call threads only: it may look it up.
template <typename Object>
class Borrowed {
 public:
  explicit Borrowed(Held<Object>& held) : object_(held.Share()) {
    if (object_ != nullptr) return;
    const auto& lookup = ObjectKind<Object>::kLookup;
    const ConnectionRef connection(*held.connection);
    if (connection.get() == nullptr) {
      error_ = VirError::Closed(lookup.name);
      return;
    }
    object_ = lookup(connection.get(), held.key.c_str());
    if (object_ == nullptr) {
      error_ = VirError::Last(lookup.name);
    } else if (ObjectKind<Object>::Ref(object_) == 0 && !held.Adopt(object_)) {
      (void)ObjectKind<Object>::Free(object_);
    }
  }
  ~Borrowed() {
    if (object_ != nullptr) (void)ObjectKind<Object>::Free(object_);
  }
  Borrowed(const Borrowed&) = delete;
  Borrowed& operator=(const Borrowed&) = delete;
  [[nodiscard]] Object* get() const { return object_; }  // nullptr: see error()
  [[nodiscard]] const VirError& error() const { return error_; }

 private:
  Object* object_ = nullptr;
  VirError error_;
};

}  // namespace rxvirt
