// SPDX-License-Identifier: MIT
#include "events/families.h"

#include "events/callbacks.h"
#include "library/functions.h"
#include "node/from_c.h"

namespace rxvirt {
namespace {

VirError Unsupported(const char* call, std::string message) {
  return VirError::Own(VIR_ERR_NO_SUPPORT, VIR_FROM_EVENT, std::move(message), call);
}

// lib/events/ asks for the events of its own table only.
VirError Unknown(const char* call, int event_id) {
  return Unsupported(call, "rxvirt knows no event " + std::to_string(event_id));
}

CallResult<int> Answer(const char* call, int callback_id) {
  if (callback_id < 0) return VirError::Last(call);
  return callback_id;
}

// One of the families whose functions have the same form.
template <typename Object, typename Callback>
struct ObjectFamily {
  const Function<int(virConnectPtr, Object*, int, Callback, void*, virFreeCallback)>& register_any;
  const EventCallback<Callback>* (*callback)(int);
};

template <typename Object, typename Callback>
CallResult<int> RegisterObject(const ObjectFamily<Object, Callback>& family, virConnectPtr connection,
                               const EventRequest& request, void* target) {
  const auto* found = family.callback(request.event_id);
  const char* const call = family.register_any.name;
  if (found == nullptr) return Unknown(call, request.event_id);
  // libvirt copies what it needs from the object, which is its uuid or name.
  std::unique_ptr<Object, int (*)(Object*)> object(nullptr, ObjectKind<Object>::Free);
  if (request.object) {
    object.reset(ObjectKind<Object>::kLookup(connection, request.object->c_str()));
    if (object == nullptr) return VirError::Last(ObjectKind<Object>::kLookup.name);
  }
  return Answer(call, family.register_any(connection, object.get(), request.event_id, found->callback, target,
                                          FromC<FreeEventTarget>));
}

const ObjectFamily<virNetwork, virConnectNetworkEventGenericCallback> kNetworks{
    virConnectNetworkEventRegisterAny, NetworkCallback};
const ObjectFamily<virStoragePool, virConnectStoragePoolEventGenericCallback> kPools{
    virConnectStoragePoolEventRegisterAny, StoragePoolCallback};
const ObjectFamily<virNodeDevice, virConnectNodeDeviceEventGenericCallback> kNodeDevices{
    virConnectNodeDeviceEventRegisterAny, NodeDeviceCallback};
const ObjectFamily<virSecret, virConnectSecretEventGenericCallback> kSecrets{virConnectSecretEventRegisterAny,
                                                                             SecretCallback};

CallResult<int> RegisterDomain(virConnectPtr connection, virDomainPtr domain, const EventRequest& request,
                               void* target) {
  static const char* const kCall = virConnectDomainEventRegisterAny.name;
  const auto* found = DomainCallback(request.event_id);
  if (found == nullptr) return Unknown(kCall, request.event_id);
  return Answer(kCall, virConnectDomainEventRegisterAny(connection, domain, request.event_id, found->callback,
                                                        target, FromC<FreeEventTarget>));
}

CallResult<int> RegisterMonitor(virConnectPtr connection, virDomainPtr domain, const EventRequest& request,
                                void* target) {
  static const char* const kCall = virConnectDomainQemuMonitorEventRegister.name;
  if (const auto problem = libvirt_qemu.Open()) return Unsupported(kCall, *problem);
  return Answer(kCall,
                virConnectDomainQemuMonitorEventRegister(
                    connection, domain, request.monitor_event ? request.monitor_event->c_str() : nullptr,
                    QemuMonitorCallback(), target, FromC<FreeEventTarget>, request.monitor_flags));
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
  std::optional<Borrowed<virDomain>> domain;
  if (request.domain != nullptr && domain.emplace(*request.domain).get() == nullptr)
    return domain->error().Of(virConnectDomainEventRegisterAny.name);
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
      virConnectDomainQemuMonitorEventDeregister(connection, id);
      break;
  }
  virResetLastError();
}

}  // namespace rxvirt
