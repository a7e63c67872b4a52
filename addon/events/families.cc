// SPDX-License-Identifier: MIT
#include "events/families.h"

#include <libvirt/virterror.h>

#include "events/qemu_library.h"
#include "events/trampolines.h"
#include "node/from_c.h"

namespace rxvirt {
namespace {

VirError Unsupported(const char* call, std::string message) {
  VirError error;
  error.code = VIR_ERR_NO_SUPPORT;
  error.domain = VIR_FROM_EVENT;
  error.level = VIR_ERR_ERROR;
  error.message = std::move(message);
  error.call = call;
  return error;
}

VirError UnknownToThisBuild(const char* call, int event_id) {
  return Unsupported(call, "rxvirt was compiled with headers of libvirt " +
                               std::to_string(LIBVIR_VERSION_NUMBER / 1000000) + "." +
                               std::to_string(LIBVIR_VERSION_NUMBER / 1000 % 1000) +
                               ", which have no event " + std::to_string(event_id));
}

CallResult<int> Answer(const char* call, int callback_id) {
  if (callback_id < 0) return VirError::Last(call);
  return callback_id;
}

// One of the families whose five functions have the same form.
template <typename Object, typename Callback>
struct ObjectFamily {
  const char* lookup_call;
  Object* (*lookup)(virConnectPtr, const char*);
  int (*free)(Object*);
  const char* register_call;
  int (*register_any)(virConnectPtr, Object*, int, Callback, void*, virFreeCallback);
  Callback (*trampoline)(int);
};

template <typename Object, typename Callback>
CallResult<int> RegisterObject(const ObjectFamily<Object, Callback>& family, virConnectPtr connection,
                               const EventRequest& request, void* target) {
  const Callback callback = family.trampoline(request.event_id);
  if (callback == nullptr) return UnknownToThisBuild(family.register_call, request.event_id);
  // libvirt keeps what it needs of the object: its uuid or name.
  std::unique_ptr<Object, int (*)(Object*)> object(nullptr, family.free);
  if (request.object) {
    object.reset(family.lookup(connection, request.object->c_str()));
    if (object == nullptr) return VirError::Last(family.lookup_call);
  }
  return Answer(family.register_call, family.register_any(connection, object.get(), request.event_id,
                                                          callback, target, FromC<FreeEventTarget>));
}

constexpr ObjectFamily<virNetwork, virConnectNetworkEventGenericCallback> kNetworks{
    "virNetworkLookupByUUIDString",      virNetworkLookupByUUIDString,      virNetworkFree,
    "virConnectNetworkEventRegisterAny", virConnectNetworkEventRegisterAny, NetworkTrampoline};
constexpr ObjectFamily<virStoragePool, virConnectStoragePoolEventGenericCallback> kPools{
    "virStoragePoolLookupByUUIDString",      virStoragePoolLookupByUUIDString,      virStoragePoolFree,
    "virConnectStoragePoolEventRegisterAny", virConnectStoragePoolEventRegisterAny, StoragePoolTrampoline};
constexpr ObjectFamily<virNodeDevice, virConnectNodeDeviceEventGenericCallback> kNodeDevices{
    "virNodeDeviceLookupByName",
    virNodeDeviceLookupByName,
    virNodeDeviceFree,
    "virConnectNodeDeviceEventRegisterAny",
    virConnectNodeDeviceEventRegisterAny,
    NodeDeviceTrampoline};
constexpr ObjectFamily<virSecret, virConnectSecretEventGenericCallback> kSecrets{
    "virSecretLookupByUUIDString",      virSecretLookupByUUIDString,      virSecretFree,
    "virConnectSecretEventRegisterAny", virConnectSecretEventRegisterAny, SecretTrampoline};

CallResult<int> RegisterDomain(virConnectPtr connection, virDomainPtr domain, const EventRequest& request,
                               void* target) {
  static const char* const kCall = "virConnectDomainEventRegisterAny";
  const auto callback = DomainTrampoline(request.event_id);
  if (callback == nullptr) return UnknownToThisBuild(kCall, request.event_id);
  return Answer(kCall, virConnectDomainEventRegisterAny(connection, domain, request.event_id, callback,
                                                        target, FromC<FreeEventTarget>));
}

CallResult<int> RegisterMonitor(virConnectPtr connection, virDomainPtr domain, const EventRequest& request,
                                void* target) {
  static const char* const kCall = "virConnectDomainQemuMonitorEventRegister";
  const auto& library = QemuLibrary::Instance();
  if (!library.IsLoaded()) return Unsupported(kCall, library.problem);
  return Answer(kCall,
                library.register_event(
                    connection, domain, request.monitor_event ? request.monitor_event->c_str() : nullptr,
                    QemuMonitorTrampoline(), target, FromC<FreeEventTarget>, request.monitor_flags));
}

}  // namespace

CallResult<int> RegisterWithLibvirt(virConnectPtr connection, const EventRequest& request, void* target) {
  switch (request.family) {
    case EventFamily::kNetwork:
      return RegisterObject(kNetworks, connection, request, target);
    case EventFamily::kStoragePool:
      return RegisterObject(kPools, connection, request, target);
    case EventFamily::kNodeDevice:
      return RegisterObject(kNodeDevices, connection, request, target);
    case EventFamily::kSecret:
      return RegisterObject(kSecrets, connection, request, target);
    case EventFamily::kDomain:
    case EventFamily::kQemuMonitor:
      break;
  }
  std::optional<DomainRef> domain;
  if (request.domain != nullptr && domain.emplace(*request.domain).get() == nullptr) return domain->error();
  virDomainPtr object = domain ? domain->get() : nullptr;
  return request.family == EventFamily::kDomain ? RegisterDomain(connection, object, request, target)
                                                : RegisterMonitor(connection, object, request, target);
}

void Deregister(virConnectPtr connection, const ConnectionState::Registration& registration) {
  const int id = registration.callback_id;
  switch (registration.family) {
    case EventFamily::kDomain:
      virConnectDomainEventDeregisterAny(connection, id);
      break;
    case EventFamily::kNetwork:
      virConnectNetworkEventDeregisterAny(connection, id);
      break;
    case EventFamily::kStoragePool:
      virConnectStoragePoolEventDeregisterAny(connection, id);
      break;
    case EventFamily::kNodeDevice:
      virConnectNodeDeviceEventDeregisterAny(connection, id);
      break;
    case EventFamily::kSecret:
      virConnectSecretEventDeregisterAny(connection, id);
      break;
    case EventFamily::kQemuMonitor:
      QemuLibrary::Instance().deregister_event(connection, id);
      break;
  }
  virResetLastError();
}

}  // namespace rxvirt
