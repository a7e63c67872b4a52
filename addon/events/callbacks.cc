// SPDX-License-Identifier: MIT
#include "events/callbacks.h"

#include <array>

#include "events/newer_callbacks.h"
#include "events/payload.h"
#include "events/target.h"
#include "node/from_c.h"

namespace rxvirt {
namespace {

// A callback with the signature that libvirt declares. It writes all its arguments to the event's payload.
// libvirt may run it on any thread.
template <typename Callback>
struct Written;

template <typename Result, typename... Arguments>
struct Written<Result (*)(virConnectPtr, Arguments...)> {
  static Result Call(virConnectPtr, Arguments... arguments) {
    auto payload = EventFor(OpaqueOf(arguments...));
    AppendAll(payload, arguments...);
    return Result();
  }

 private:
  template <typename First, typename... Rest>
  static void* OpaqueOf(First first, Rest... rest) {
    if constexpr (sizeof...(Rest) == 0) {
      return first;
    } else {
      return OpaqueOf(rest...);
    }
  }
};

template <typename Callback, typename Generic>
EventCallback<Generic> Row(int event_id) {
  const Callback callback = FromC<&Written<Callback>::Call>;
  // Casts through void (*)(), the type that can stand for any function pointer.
  return {event_id, reinterpret_cast<Generic>(reinterpret_cast<void (*)()>(callback))};
}

template <typename Callback>
auto Domain(int event_id) {
  return Row<Callback, virConnectDomainEventGenericCallback>(event_id);
}

const std::array kDomainCallbacks{
    Domain<virConnectDomainEventCallback>(VIR_DOMAIN_EVENT_ID_LIFECYCLE),
    Domain<virConnectDomainEventGenericCallback>(VIR_DOMAIN_EVENT_ID_REBOOT),
    Domain<virConnectDomainEventRTCChangeCallback>(VIR_DOMAIN_EVENT_ID_RTC_CHANGE),
    Domain<virConnectDomainEventWatchdogCallback>(VIR_DOMAIN_EVENT_ID_WATCHDOG),
    Domain<virConnectDomainEventIOErrorCallback>(VIR_DOMAIN_EVENT_ID_IO_ERROR),
    Domain<virConnectDomainEventGraphicsCallback>(VIR_DOMAIN_EVENT_ID_GRAPHICS),
    Domain<virConnectDomainEventIOErrorReasonCallback>(VIR_DOMAIN_EVENT_ID_IO_ERROR_REASON),
    Domain<virConnectDomainEventGenericCallback>(VIR_DOMAIN_EVENT_ID_CONTROL_ERROR),
    Domain<virConnectDomainEventBlockJobCallback>(VIR_DOMAIN_EVENT_ID_BLOCK_JOB),
    Domain<virConnectDomainEventDiskChangeCallback>(VIR_DOMAIN_EVENT_ID_DISK_CHANGE),
    Domain<virConnectDomainEventTrayChangeCallback>(VIR_DOMAIN_EVENT_ID_TRAY_CHANGE),
    Domain<virConnectDomainEventPMWakeupCallback>(VIR_DOMAIN_EVENT_ID_PMWAKEUP),
    Domain<virConnectDomainEventPMSuspendCallback>(VIR_DOMAIN_EVENT_ID_PMSUSPEND),
    Domain<virConnectDomainEventBalloonChangeCallback>(VIR_DOMAIN_EVENT_ID_BALLOON_CHANGE),
    Domain<virConnectDomainEventPMSuspendDiskCallback>(VIR_DOMAIN_EVENT_ID_PMSUSPEND_DISK),
    Domain<virConnectDomainEventDeviceRemovedCallback>(VIR_DOMAIN_EVENT_ID_DEVICE_REMOVED),
    Domain<virConnectDomainEventBlockJobCallback>(VIR_DOMAIN_EVENT_ID_BLOCK_JOB_2),
    Domain<virConnectDomainEventTunableCallback>(VIR_DOMAIN_EVENT_ID_TUNABLE),
    Domain<virConnectDomainEventAgentLifecycleCallback>(VIR_DOMAIN_EVENT_ID_AGENT_LIFECYCLE),
    Domain<virConnectDomainEventDeviceAddedCallback>(VIR_DOMAIN_EVENT_ID_DEVICE_ADDED),
    Domain<virConnectDomainEventMigrationIterationCallback>(VIR_DOMAIN_EVENT_ID_MIGRATION_ITERATION),
    Domain<virConnectDomainEventJobCompletedCallback>(VIR_DOMAIN_EVENT_ID_JOB_COMPLETED),
    Domain<virConnectDomainEventDeviceRemovalFailedCallback>(VIR_DOMAIN_EVENT_ID_DEVICE_REMOVAL_FAILED),
    Domain<virConnectDomainEventMetadataChangeCallback>(VIR_DOMAIN_EVENT_ID_METADATA_CHANGE),
    Domain<virConnectDomainEventBlockThresholdCallback>(VIR_DOMAIN_EVENT_ID_BLOCK_THRESHOLD),
    Domain<virConnectDomainEventMemoryFailureCallback>(VIR_DOMAIN_EVENT_ID_MEMORY_FAILURE),
    Domain<MemoryDeviceSizeChangeCallback>(kMemoryDeviceSizeChange),
    Domain<NicMacChangeCallback>(kNicMacChange),
    Domain<VcpuRemovedCallback>(kVcpuRemoved),
    Domain<ChannelLifecycleCallback>(kChannelLifecycle),
};

const std::array kNetworkCallbacks{
    Row<virConnectNetworkEventLifecycleCallback, virConnectNetworkEventGenericCallback>(
        VIR_NETWORK_EVENT_ID_LIFECYCLE),
    Row<NetworkMetadataChangeCallback, virConnectNetworkEventGenericCallback>(kNetworkMetadataChange),
};

const std::array kStoragePoolCallbacks{
    Row<virConnectStoragePoolEventLifecycleCallback, virConnectStoragePoolEventGenericCallback>(
        VIR_STORAGE_POOL_EVENT_ID_LIFECYCLE),
    Row<virConnectStoragePoolEventGenericCallback, virConnectStoragePoolEventGenericCallback>(
        VIR_STORAGE_POOL_EVENT_ID_REFRESH),
};

const std::array kNodeDeviceCallbacks{
    Row<virConnectNodeDeviceEventLifecycleCallback, virConnectNodeDeviceEventGenericCallback>(
        VIR_NODE_DEVICE_EVENT_ID_LIFECYCLE),
    Row<virConnectNodeDeviceEventGenericCallback, virConnectNodeDeviceEventGenericCallback>(
        VIR_NODE_DEVICE_EVENT_ID_UPDATE),
};

const std::array kSecretCallbacks{
    Row<virConnectSecretEventLifecycleCallback, virConnectSecretEventGenericCallback>(
        VIR_SECRET_EVENT_ID_LIFECYCLE),
    Row<virConnectSecretEventGenericCallback, virConnectSecretEventGenericCallback>(
        VIR_SECRET_EVENT_ID_VALUE_CHANGED),
};

template <typename Callbacks>
auto* Find(const Callbacks& callbacks, int event_id) {
  for (const auto& each : callbacks) {
    if (each.event_id == event_id) return &each;
  }
  return static_cast<decltype(callbacks.data())>(nullptr);
}

}  // namespace

const EventCallback<virConnectDomainEventGenericCallback>* DomainCallback(int event_id) {
  return Find(kDomainCallbacks, event_id);
}
const EventCallback<virConnectNetworkEventGenericCallback>* NetworkCallback(int event_id) {
  return Find(kNetworkCallbacks, event_id);
}
const EventCallback<virConnectStoragePoolEventGenericCallback>* StoragePoolCallback(int event_id) {
  return Find(kStoragePoolCallbacks, event_id);
}
const EventCallback<virConnectNodeDeviceEventGenericCallback>* NodeDeviceCallback(int event_id) {
  return Find(kNodeDeviceCallbacks, event_id);
}
const EventCallback<virConnectSecretEventGenericCallback>* SecretCallback(int event_id) {
  return Find(kSecretCallbacks, event_id);
}
virConnectDomainQemuMonitorEventCallback QemuMonitorCallback() {
  return FromC<&Written<virConnectDomainQemuMonitorEventCallback>::Call>;
}

}  // namespace rxvirt
