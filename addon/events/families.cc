// SPDX-License-Identifier: MIT
#include "events/families.h"

#include <libvirt/virterror.h>

#include "events/callbacks.h"
#include "events/qemu_library.h"
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

std::string Written(unsigned long version) {
  return std::to_string(version / 1'000'000) + "." + std::to_string(version / 1'000 % 1'000);
}

// Why the installed libvirt can't be asked for the event; nothing where it can.
template <typename Generic>
std::optional<VirError> Absence(const char* call, int event_id, const EventCallback<Generic>* found) {
  if (found == nullptr) return Unsupported(call, "rxvirt knows no event " + std::to_string(event_id));
  unsigned long installed = 0;
  virGetVersion(&installed, nullptr, nullptr);
  if (installed >= found->since) return std::nullopt;
  return Unsupported(
      call, "this needs libvirt " + Written(found->since) + ", and " + Written(installed) + " is installed");
}

CallResult<int> Answer(const char* call, int callback_id) {
  if (callback_id < 0) return VirError::Last(call);
  return callback_id;
}

// One of the families whose functions have the same form.
template <typename Object, typename Callback>
struct ObjectFamily {
  const char* register_call;
  int (*register_any)(virConnectPtr, Object*, int, Callback, void*, virFreeCallback);
  const EventCallback<Callback>* (*callback)(int);
};

template <typename Object, typename Callback>
CallResult<int> RegisterObject(const ObjectFamily<Object, Callback>& family, virConnectPtr connection,
                               const EventRequest& request, void* target) {
  const auto* found = family.callback(request.event_id);
  if (const auto absence = Absence(family.register_call, request.event_id, found)) return *absence;
  // libvirt keeps what it needs of the object: its uuid or name.
  std::unique_ptr<Object, int (*)(Object*)> object(nullptr, ObjectKind<Object>::Free);
  if (request.object) {
    object.reset(ObjectKind<Object>::Lookup(connection, *request.object));
    if (object == nullptr) return VirError::Last(ObjectKind<Object>::kLookupCall);
  }
  return Answer(family.register_call, family.register_any(connection, object.get(), request.event_id,
                                                          found->callback, target, FromC<FreeEventTarget>));
}

constexpr ObjectFamily<virNetwork, virConnectNetworkEventGenericCallback> kNetworks{
    "virConnectNetworkEventRegisterAny", virConnectNetworkEventRegisterAny, NetworkCallback};
constexpr ObjectFamily<virStoragePool, virConnectStoragePoolEventGenericCallback> kPools{
    "virConnectStoragePoolEventRegisterAny", virConnectStoragePoolEventRegisterAny, StoragePoolCallback};
constexpr ObjectFamily<virNodeDevice, virConnectNodeDeviceEventGenericCallback> kNodeDevices{
    "virConnectNodeDeviceEventRegisterAny", virConnectNodeDeviceEventRegisterAny, NodeDeviceCallback};
constexpr ObjectFamily<virSecret, virConnectSecretEventGenericCallback> kSecrets{
    "virConnectSecretEventRegisterAny", virConnectSecretEventRegisterAny, SecretCallback};

CallResult<int> RegisterDomain(virConnectPtr connection, virDomainPtr domain, const EventRequest& request,
                               void* target) {
  static const char* const kCall = "virConnectDomainEventRegisterAny";
  const auto* found = DomainCallback(request.event_id);
  if (const auto absence = Absence(kCall, request.event_id, found)) return *absence;
  return Answer(kCall, virConnectDomainEventRegisterAny(connection, domain, request.event_id, found->callback,
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
