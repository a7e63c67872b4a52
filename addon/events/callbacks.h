// SPDX-License-Identifier: MIT
#pragma once
#include <libvirt/libvirt-qemu.h>
#include <libvirt/libvirt.h>

namespace rxvirt {

// One kind of event, as it is registered with libvirt. `callback` writes its arguments to the event's
// payload, in the order of its signature.
template <typename Generic>
struct EventCallback {
  int event_id;
  Generic callback;
};

// Each of these returns nullptr for an event id that is not in its table.
[[nodiscard]] const EventCallback<virConnectDomainEventGenericCallback>* DomainCallback(int event_id);
[[nodiscard]] const EventCallback<virConnectNetworkEventGenericCallback>* NetworkCallback(int event_id);
[[nodiscard]] const EventCallback<virConnectStoragePoolEventGenericCallback>* StoragePoolCallback(
    int event_id);
[[nodiscard]] const EventCallback<virConnectNodeDeviceEventGenericCallback>* NodeDeviceCallback(int event_id);
[[nodiscard]] const EventCallback<virConnectSecretEventGenericCallback>* SecretCallback(int event_id);
[[nodiscard]] virConnectDomainQemuMonitorEventCallback QemuMonitorCallback();

}  // namespace rxvirt
