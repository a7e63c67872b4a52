// SPDX-License-Identifier: MIT
#include <array>

#include "events/target.h"
#include "events/trampolines.h"
#include "node/from_c.h"

namespace rxvirt {
namespace {

int OnLifecycle(virConnectPtr, virDomainPtr domain, int event, int detail, void* opaque) {
  EventFor(opaque).Domain(domain).Number(event).Number(detail);
  return 0;
}

void OnDomain(virConnectPtr, virDomainPtr domain, void* opaque) { EventFor(opaque).Domain(domain); }

void OnDomainNumber(virConnectPtr, virDomainPtr domain, int number, void* opaque) {
  EventFor(opaque).Domain(domain).Number(number);
}

void OnDomainTwoNumbers(virConnectPtr, virDomainPtr domain, int first, int second, void* opaque) {
  EventFor(opaque).Domain(domain).Number(first).Number(second);
}

void OnDomainText(virConnectPtr, virDomainPtr domain, const char* text, void* opaque) {
  EventFor(opaque).Domain(domain).Text(text);
}

void OnRtcChange(virConnectPtr, virDomainPtr domain, long long utc_offset, void* opaque) {
  EventFor(opaque).Domain(domain).Number(static_cast<double>(utc_offset));
}

void OnIoError(virConnectPtr, virDomainPtr domain, const char* src_path, const char* dev_alias, int action,
               void* opaque) {
  EventFor(opaque).Domain(domain).Text(src_path).Text(dev_alias).Number(action);
}

void OnIoErrorReason(virConnectPtr, virDomainPtr domain, const char* src_path, const char* dev_alias,
                     int action, const char* reason, void* opaque) {
  EventFor(opaque).Domain(domain).Text(src_path).Text(dev_alias).Number(action).Text(reason);
}

// 1, the family, and two strings; or 0 for no address.
void AppendAddress(EventQueue::Event& event, const virDomainEventGraphicsAddress* address) {
  event.Number(address != nullptr ? 1 : 0);
  if (address != nullptr) event.Number(address->family).Text(address->node).Text(address->service);
}

void OnGraphics(virConnectPtr, virDomainPtr domain, int phase, const virDomainEventGraphicsAddress* local,
                const virDomainEventGraphicsAddress* remote, const char* auth_scheme,
                const virDomainEventGraphicsSubject* subject, void* opaque) {
  auto event = EventFor(opaque);
  event.Domain(domain).Number(phase);
  AppendAddress(event, local);
  AppendAddress(event, remote);
  const int identities = subject != nullptr ? subject->nidentity : 0;
  event.Text(auth_scheme).Number(identities);
  for (int i = 0; i < identities; ++i) {
    event.Text(subject->identities[i].type).Text(subject->identities[i].name);
  }
}

void OnBlockJob(virConnectPtr, virDomainPtr domain, const char* disk, int type, int status, void* opaque) {
  EventFor(opaque).Domain(domain).Text(disk).Number(type).Number(status);
}

void OnDiskChange(virConnectPtr, virDomainPtr domain, const char* old_src_path, const char* new_src_path,
                  const char* dev_alias, int reason, void* opaque) {
  EventFor(opaque).Domain(domain).Text(old_src_path).Text(new_src_path).Text(dev_alias).Number(reason);
}

void OnTrayChange(virConnectPtr, virDomainPtr domain, const char* dev_alias, int reason, void* opaque) {
  EventFor(opaque).Domain(domain).Text(dev_alias).Number(reason);
}

void OnBalloonChange(virConnectPtr, virDomainPtr domain, unsigned long long actual, void* opaque) {
  EventFor(opaque).Domain(domain).Number(static_cast<double>(actual));
}

// The type and the value; a string goes to the strings, and a newer type has no value.
void AppendValue(EventQueue::Event& event, const virTypedParameter& parameter) {
  event.Number(parameter.type);
  switch (parameter.type) {
    case VIR_TYPED_PARAM_INT:
      event.Number(parameter.value.i);
      break;
    case VIR_TYPED_PARAM_UINT:
      event.Number(parameter.value.ui);
      break;
    case VIR_TYPED_PARAM_LLONG:
      event.Number(static_cast<double>(parameter.value.l));
      break;
    case VIR_TYPED_PARAM_ULLONG:
      event.Number(static_cast<double>(parameter.value.ul));
      break;
    case VIR_TYPED_PARAM_DOUBLE:
      event.Number(parameter.value.d);
      break;
    case VIR_TYPED_PARAM_BOOLEAN:
      event.Number(parameter.value.b != 0 ? 1 : 0);
      break;
    case VIR_TYPED_PARAM_STRING:
      event.Text(parameter.value.s);
      break;
    default:
      break;
  }
}

void OnParameters(virConnectPtr, virDomainPtr domain, virTypedParameterPtr parameters, int count,
                  void* opaque) {
  auto event = EventFor(opaque);
  event.Domain(domain).Number(count);
  for (int i = 0; i < count; ++i) {
    event.Text(parameters[i].field);
    AppendValue(event, parameters[i]);
  }
}

void OnMetadataChange(virConnectPtr, virDomainPtr domain, int type, const char* namespace_uri, void* opaque) {
  EventFor(opaque).Domain(domain).Number(type).Text(namespace_uri);
}

void OnBlockThreshold(virConnectPtr, virDomainPtr domain, const char* dev, const char* path,
                      unsigned long long threshold, unsigned long long excess, void* opaque) {
  EventFor(opaque)
      .Domain(domain)
      .Text(dev)
      .Text(path)
      .Number(static_cast<double>(threshold))
      .Number(static_cast<double>(excess));
}

void OnMemoryFailure(virConnectPtr, virDomainPtr domain, int recipient, int action, unsigned int flags,
                     void* opaque) {
  EventFor(opaque).Domain(domain).Number(recipient).Number(action).Number(flags);
}

#if LIBVIR_CHECK_VERSION(7, 9, 0)
void OnMemoryDeviceSizeChange(virConnectPtr, virDomainPtr domain, const char* alias, unsigned long long size,
                              void* opaque) {
  EventFor(opaque).Domain(domain).Text(alias).Number(static_cast<double>(size));
}
#endif

#if LIBVIR_CHECK_VERSION(11, 2, 0)
void OnNicMacChange(virConnectPtr, virDomainPtr domain, const char* alias, const char* old_mac,
                    const char* new_mac, void* opaque) {
  EventFor(opaque).Domain(domain).Text(alias).Text(old_mac).Text(new_mac);
}
#endif

#if LIBVIR_CHECK_VERSION(12, 4, 0)
void OnVcpuRemoved(virConnectPtr, virDomainPtr domain, unsigned int vcpu_id, void* opaque) {
  EventFor(opaque).Domain(domain).Number(vcpu_id);
}

void OnChannelLifecycle(virConnectPtr, virDomainPtr domain, const char* channel_name, int state, int reason,
                        void* opaque) {
  EventFor(opaque).Domain(domain).Text(channel_name).Number(state).Number(reason);
}
#endif

// Has the compiler compare a callback's parameters with libvirt's own type of it, before they are cast away.
template <typename LibvirtsType, auto callback>
virConnectDomainEventGenericCallback As() {
  const LibvirtsType entry = FromC<callback>;
  return VIR_DOMAIN_EVENT_CALLBACK(entry);
}

struct Entry {
  int event_id;
  virConnectDomainEventGenericCallback callback;
};

const std::array kTrampolines {
  Entry{VIR_DOMAIN_EVENT_ID_LIFECYCLE, As<virConnectDomainEventCallback, OnLifecycle>()},
      Entry{VIR_DOMAIN_EVENT_ID_REBOOT, FromC<OnDomain>},
      Entry{VIR_DOMAIN_EVENT_ID_RTC_CHANGE, As<virConnectDomainEventRTCChangeCallback, OnRtcChange>()},
      Entry{VIR_DOMAIN_EVENT_ID_WATCHDOG, As<virConnectDomainEventWatchdogCallback, OnDomainNumber>()},
      Entry{VIR_DOMAIN_EVENT_ID_IO_ERROR, As<virConnectDomainEventIOErrorCallback, OnIoError>()},
      Entry{VIR_DOMAIN_EVENT_ID_GRAPHICS, As<virConnectDomainEventGraphicsCallback, OnGraphics>()},
      Entry{VIR_DOMAIN_EVENT_ID_IO_ERROR_REASON,
            As<virConnectDomainEventIOErrorReasonCallback, OnIoErrorReason>()},
      Entry{VIR_DOMAIN_EVENT_ID_CONTROL_ERROR, FromC<OnDomain>},
      Entry{VIR_DOMAIN_EVENT_ID_BLOCK_JOB, As<virConnectDomainEventBlockJobCallback, OnBlockJob>()},
      Entry{VIR_DOMAIN_EVENT_ID_DISK_CHANGE, As<virConnectDomainEventDiskChangeCallback, OnDiskChange>()},
      Entry{VIR_DOMAIN_EVENT_ID_TRAY_CHANGE, As<virConnectDomainEventTrayChangeCallback, OnTrayChange>()},
      Entry{VIR_DOMAIN_EVENT_ID_PMWAKEUP, As<virConnectDomainEventPMWakeupCallback, OnDomainNumber>()},
      Entry{VIR_DOMAIN_EVENT_ID_PMSUSPEND, As<virConnectDomainEventPMSuspendCallback, OnDomainNumber>()},
      Entry{VIR_DOMAIN_EVENT_ID_BALLOON_CHANGE,
            As<virConnectDomainEventBalloonChangeCallback, OnBalloonChange>()},
      Entry{VIR_DOMAIN_EVENT_ID_PMSUSPEND_DISK,
            As<virConnectDomainEventPMSuspendDiskCallback, OnDomainNumber>()},
      Entry{VIR_DOMAIN_EVENT_ID_DEVICE_REMOVED,
            As<virConnectDomainEventDeviceRemovedCallback, OnDomainText>()},
      Entry{VIR_DOMAIN_EVENT_ID_BLOCK_JOB_2, As<virConnectDomainEventBlockJobCallback, OnBlockJob>()},
      Entry{VIR_DOMAIN_EVENT_ID_TUNABLE, As<virConnectDomainEventTunableCallback, OnParameters>()},
      Entry{VIR_DOMAIN_EVENT_ID_AGENT_LIFECYCLE,
            As<virConnectDomainEventAgentLifecycleCallback, OnDomainTwoNumbers>()},
      Entry{VIR_DOMAIN_EVENT_ID_DEVICE_ADDED, As<virConnectDomainEventDeviceAddedCallback, OnDomainText>()},
      Entry{VIR_DOMAIN_EVENT_ID_MIGRATION_ITERATION,
            As<virConnectDomainEventMigrationIterationCallback, OnDomainNumber>()},
      Entry{VIR_DOMAIN_EVENT_ID_JOB_COMPLETED, As<virConnectDomainEventJobCompletedCallback, OnParameters>()},
      Entry{VIR_DOMAIN_EVENT_ID_DEVICE_REMOVAL_FAILED,
            As<virConnectDomainEventDeviceRemovalFailedCallback, OnDomainText>()},
      Entry{VIR_DOMAIN_EVENT_ID_METADATA_CHANGE,
            As<virConnectDomainEventMetadataChangeCallback, OnMetadataChange>()},
      Entry{VIR_DOMAIN_EVENT_ID_BLOCK_THRESHOLD,
            As<virConnectDomainEventBlockThresholdCallback, OnBlockThreshold>()},
      Entry{VIR_DOMAIN_EVENT_ID_MEMORY_FAILURE,
            As<virConnectDomainEventMemoryFailureCallback, OnMemoryFailure>()},
#if LIBVIR_CHECK_VERSION(7, 9, 0)
      Entry{VIR_DOMAIN_EVENT_ID_MEMORY_DEVICE_SIZE_CHANGE,
            As<virConnectDomainEventMemoryDeviceSizeChangeCallback, OnMemoryDeviceSizeChange>()},
#endif
#if LIBVIR_CHECK_VERSION(11, 2, 0)
      Entry{VIR_DOMAIN_EVENT_ID_NIC_MAC_CHANGE,
            As<virConnectDomainEventNICMACChangeCallback, OnNicMacChange>()},
#endif
#if LIBVIR_CHECK_VERSION(12, 4, 0)
      Entry{VIR_DOMAIN_EVENT_ID_VCPU_REMOVED, As<virConnectDomainEventVcpuRemovedCallback, OnVcpuRemoved>()},
      Entry{VIR_DOMAIN_EVENT_ID_CHANNEL_LIFECYCLE,
            As<virConnectDomainEventChannelLifecycleCallback, OnChannelLifecycle>()},
#endif
};

}  // namespace

virConnectDomainEventGenericCallback DomainTrampoline(int event_id) {
  for (const Entry& entry : kTrampolines) {
    if (entry.event_id == event_id) return entry.callback;
  }
  return nullptr;
}

}  // namespace rxvirt
