// SPDX-License-Identifier: MIT
#include "events/target.h"
#include "events/trampolines.h"
#include "node/from_c.h"

namespace rxvirt {
namespace {

// Networks and pools: two strings, name and uuid.
template <typename Object>
void AppendObject(EventQueue::Event& event, Object* object, const char* (*get_name)(Object*),
                  int (*get_uuid)(Object*, char*)) {
  char uuid[VIR_UUID_STRING_BUFLEN] = "";
  get_uuid(object, uuid);
  event.Text(get_name(object)).Text(uuid);
}

void AppendNetwork(EventQueue::Event& event, virNetworkPtr network) {
  AppendObject(event, network, virNetworkGetName, virNetworkGetUUIDString);
}

void AppendPool(EventQueue::Event& event, virStoragePoolPtr pool) {
  AppendObject(event, pool, virStoragePoolGetName, virStoragePoolGetUUIDString);
}

// The usage's number; uuid and usage id.
void AppendSecret(EventQueue::Event& event, virSecretPtr secret) {
  char uuid[VIR_UUID_STRING_BUFLEN] = "";
  virSecretGetUUIDString(secret, uuid);
  event.Number(virSecretGetUsageType(secret)).Text(uuid).Text(virSecretGetUsageID(secret));
}

void OnNetworkLifecycle(virConnectPtr, virNetworkPtr network, int kind, int detail, void* opaque) {
  auto event = EventFor(opaque);
  AppendNetwork(event, network);
  event.Number(kind).Number(detail);
}

#if LIBVIR_CHECK_VERSION(9, 8, 0)
void OnNetworkMetadataChange(virConnectPtr, virNetworkPtr network, int type, const char* namespace_uri,
                             void* opaque) {
  auto event = EventFor(opaque);
  AppendNetwork(event, network);
  event.Number(type).Text(namespace_uri);
}
#endif

void OnPoolLifecycle(virConnectPtr, virStoragePoolPtr pool, int kind, int detail, void* opaque) {
  auto event = EventFor(opaque);
  AppendPool(event, pool);
  event.Number(kind).Number(detail);
}

void OnPoolRefresh(virConnectPtr, virStoragePoolPtr pool, void* opaque) {
  auto event = EventFor(opaque);
  AppendPool(event, pool);
}

void OnDeviceLifecycle(virConnectPtr, virNodeDevicePtr device, int kind, int detail, void* opaque) {
  EventFor(opaque).Text(virNodeDeviceGetName(device)).Number(kind).Number(detail);
}

void OnDeviceUpdate(virConnectPtr, virNodeDevicePtr device, void* opaque) {
  EventFor(opaque).Text(virNodeDeviceGetName(device));
}

void OnSecretLifecycle(virConnectPtr, virSecretPtr secret, int kind, int detail, void* opaque) {
  auto event = EventFor(opaque);
  AppendSecret(event, secret);
  event.Number(kind).Number(detail);
}

void OnSecretValueChanged(virConnectPtr, virSecretPtr secret, void* opaque) {
  auto event = EventFor(opaque);
  AppendSecret(event, secret);
}

void OnMonitorEvent(virConnectPtr, virDomainPtr domain, const char* name, long long seconds,
                    unsigned int micros, const char* details, void* opaque) {
  EventFor(opaque)
      .Domain(domain)
      .Text(name)
      .Number(static_cast<double>(seconds))
      .Number(micros)
      .Text(details);
}

}  // namespace

virConnectNetworkEventGenericCallback NetworkTrampoline(int event_id) {
  if (event_id == VIR_NETWORK_EVENT_ID_LIFECYCLE) {
    const virConnectNetworkEventLifecycleCallback callback = FromC<OnNetworkLifecycle>;
    return VIR_NETWORK_EVENT_CALLBACK(callback);
  }
#if LIBVIR_CHECK_VERSION(9, 8, 0)
  if (event_id == VIR_NETWORK_EVENT_ID_METADATA_CHANGE) {
    const virConnectNetworkEventMetadataChangeCallback callback = FromC<OnNetworkMetadataChange>;
    return VIR_NETWORK_EVENT_CALLBACK(callback);
  }
#endif
  return nullptr;
}

virConnectStoragePoolEventGenericCallback StoragePoolTrampoline(int event_id) {
  if (event_id == VIR_STORAGE_POOL_EVENT_ID_REFRESH) return FromC<OnPoolRefresh>;
  if (event_id != VIR_STORAGE_POOL_EVENT_ID_LIFECYCLE) return nullptr;
  const virConnectStoragePoolEventLifecycleCallback callback = FromC<OnPoolLifecycle>;
  return VIR_STORAGE_POOL_EVENT_CALLBACK(callback);
}

virConnectNodeDeviceEventGenericCallback NodeDeviceTrampoline(int event_id) {
  if (event_id == VIR_NODE_DEVICE_EVENT_ID_UPDATE) return FromC<OnDeviceUpdate>;
  if (event_id != VIR_NODE_DEVICE_EVENT_ID_LIFECYCLE) return nullptr;
  const virConnectNodeDeviceEventLifecycleCallback callback = FromC<OnDeviceLifecycle>;
  return VIR_NODE_DEVICE_EVENT_CALLBACK(callback);
}

virConnectSecretEventGenericCallback SecretTrampoline(int event_id) {
  if (event_id == VIR_SECRET_EVENT_ID_VALUE_CHANGED) return FromC<OnSecretValueChanged>;
  if (event_id != VIR_SECRET_EVENT_ID_LIFECYCLE) return nullptr;
  const virConnectSecretEventLifecycleCallback callback = FromC<OnSecretLifecycle>;
  return VIR_SECRET_EVENT_CALLBACK(callback);
}

virConnectDomainQemuMonitorEventCallback QemuMonitorTrampoline() { return FromC<OnMonitorEvent>; }

}  // namespace rxvirt
