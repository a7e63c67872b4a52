// SPDX-License-Identifier: MIT
#pragma once
#include <libvirt/libvirt.h>

#include <string>

#include "library/functions.h"

namespace rxvirt {

// What identifies an object in JavaScript.
struct ObjectIdentity {
  std::string key;   // a uuid; the name of a node device or of an interface
  std::string name;  // a secret's usage id
  int id = -1;       // the number of a running domain, otherwise -1; a secret's usage type
};

// What differs between libvirt's kinds of object: one row for each kind. `lookup` finds an object by its key.
template <typename Object, const auto& ref, const auto& free, const auto& lookup>
struct ObjectRow {
  static constexpr const auto& kLookup = lookup;
  static int Ref(Object* object) { return ref(object); }
  static int Free(Object* object) { return free(object); }
  // Gives up the last reference of a handle. Must not block.
  static int Release(Object* object) { return free(object); }
  // When its connection is closed. May block.
  static int Discard(Object* object) { return free(object); }
};

// For kinds that can't be looked up from their connection alone. Their objects always come from libvirt, so a
// handle has libvirt's object as long as its connection is open.
template <typename Object>
struct NoLookup {
  const char* name = "";
  Object* operator()(virConnectPtr, const char*) const { return nullptr; }
};
template <typename Object>
inline constexpr NoLookup<Object> kNoLookup{};

inline std::string TextOf(const char* text) { return text != nullptr ? text : ""; }

// Doesn't ask libvirt for the text: it makes one with sprintf, and each of its functions makes another one
// for its log. Lists have thousands of objects.
template <typename Object, const auto& get_uuid>
std::string UuidOf(Object* object) {
  constexpr char kDigits[] = "0123456789abcdef";
  unsigned char bytes[VIR_UUID_BUFLEN] = {};
  (void)get_uuid(object, bytes);
  std::string text;
  text.reserve(VIR_UUID_STRING_BUFLEN);
  for (size_t i = 0; i < sizeof bytes; ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) text += '-';
    text += kDigits[bytes[i] >> 4];
    text += kDigits[bytes[i] & 15];
  }
  return text;
}

// For kinds that have a uuid and a name.
template <typename Object, const auto& get_uuid, const auto& get_name>
ObjectIdentity UuidAndName(Object* object) {
  return {UuidOf<Object, get_uuid>(object), TextOf(get_name(object))};
}

// For kinds that have only a name.
inline ObjectIdentity OnlyName(const char* name) { return {TextOf(name), TextOf(name)}; }

template <typename Object>
struct ObjectKind;

template <>
struct ObjectKind<virDomain>
    : ObjectRow<virDomain, virDomainRef, virDomainFree, virDomainLookupByUUIDString> {
  static ObjectIdentity Describe(virDomainPtr domain) {
    auto identity = UuidAndName<virDomain, virDomainGetUUID, virDomainGetName>(domain);
    identity.id = static_cast<int>(virDomainGetID(domain));
    return identity;
  }
  // The error of a look-up that finds no such object.
  static constexpr int kNotFound = VIR_ERR_NO_DOMAIN;
};
template <>
struct ObjectKind<virNetwork>
    : ObjectRow<virNetwork, virNetworkRef, virNetworkFree, virNetworkLookupByUUIDString> {
  static ObjectIdentity Describe(virNetworkPtr network) {
    return UuidAndName<virNetwork, virNetworkGetUUID, virNetworkGetName>(network);
  }
};
template <>
struct ObjectKind<virStoragePool>
    : ObjectRow<virStoragePool, virStoragePoolRef, virStoragePoolFree, virStoragePoolLookupByUUIDString> {
  static ObjectIdentity Describe(virStoragePoolPtr pool) {
    return UuidAndName<virStoragePool, virStoragePoolGetUUID, virStoragePoolGetName>(pool);
  }
};
template <>
struct ObjectKind<virNodeDevice>
    : ObjectRow<virNodeDevice, virNodeDeviceRef, virNodeDeviceFree, virNodeDeviceLookupByName> {
  static ObjectIdentity Describe(virNodeDevicePtr device) { return OnlyName(virNodeDeviceGetName(device)); }
};
template <>
struct ObjectKind<virSecret>
    : ObjectRow<virSecret, virSecretRef, virSecretFree, virSecretLookupByUUIDString> {
  static ObjectIdentity Describe(virSecretPtr secret) {
    return {UuidOf<virSecret, virSecretGetUUID>(secret), TextOf(virSecretGetUsageID(secret)),
            virSecretGetUsageType(secret)};
  }
};
template <>
struct ObjectKind<virInterface>
    : ObjectRow<virInterface, virInterfaceRef, virInterfaceFree, virInterfaceLookupByName> {
  static ObjectIdentity Describe(virInterfacePtr interface) {
    return OnlyName(virInterfaceGetName(interface));
  }
};
template <>
struct ObjectKind<virNWFilter>
    : ObjectRow<virNWFilter, virNWFilterRef, virNWFilterFree, virNWFilterLookupByUUIDString> {
  static ObjectIdentity Describe(virNWFilterPtr filter) {
    return UuidAndName<virNWFilter, virNWFilterGetUUID, virNWFilterGetName>(filter);
  }
};

template <>
struct ObjectKind<virStorageVol>
    : ObjectRow<virStorageVol, virStorageVolRef, virStorageVolFree, virStorageVolLookupByKey> {
  static ObjectIdentity Describe(virStorageVolPtr volume) {
    return {TextOf(virStorageVolGetKey(volume)), TextOf(virStorageVolGetName(volume))};
  }
};
template <>
struct ObjectKind<virNWFilterBinding> : ObjectRow<virNWFilterBinding, virNWFilterBindingRef,
                                                  virNWFilterBindingFree, virNWFilterBindingLookupByPortDev> {
  static ObjectIdentity Describe(virNWFilterBindingPtr binding) {
    return {TextOf(virNWFilterBindingGetPortDev(binding)), TextOf(virNWFilterBindingGetFilterName(binding))};
  }
};
template <>
struct ObjectKind<virDomainSnapshot> : ObjectRow<virDomainSnapshot, virDomainSnapshotRef,
                                                 virDomainSnapshotFree, kNoLookup<virDomainSnapshot>> {
  static ObjectIdentity Describe(virDomainSnapshotPtr snapshot) {
    return OnlyName(virDomainSnapshotGetName(snapshot));
  }
};
template <>
struct ObjectKind<virDomainCheckpoint> : ObjectRow<virDomainCheckpoint, virDomainCheckpointRef,
                                                   virDomainCheckpointFree, kNoLookup<virDomainCheckpoint>> {
  static ObjectIdentity Describe(virDomainCheckpointPtr checkpoint) {
    return OnlyName(virDomainCheckpointGetName(checkpoint));
  }
};
template <>
struct ObjectKind<virNetworkPort>
    : ObjectRow<virNetworkPort, virNetworkPortRef, virNetworkPortFree, kNoLookup<virNetworkPort>> {
  static ObjectIdentity Describe(virNetworkPortPtr port) {
    return {UuidOf<virNetworkPort, virNetworkPortGetUUID>(port), ""};
  }
};

template <>
struct ObjectKind<virStream> : ObjectRow<virStream, virStreamRef, virStreamFree, kNoLookup<virStream>> {
  static ObjectIdentity Describe(virStreamPtr) { return {}; }
  // Otherwise libvirt would keep the stream for its callback.
  static int Release(virStreamPtr stream) {
    (void)virStreamEventRemoveCallback(stream);
    return virStreamFree(stream);
  }
  // A stream that is neither finished nor aborted would stay with libvirt's client, with all that it has
  // received.
  static int Discard(virStreamPtr stream) {
    (void)virStreamEventRemoveCallback(stream);
    (void)virStreamAbort(stream);
    return virStreamFree(stream);
  }
};

}  // namespace rxvirt
