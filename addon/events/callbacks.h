// SPDX-License-Identifier: MIT
#pragma once
#include <libvirt/libvirt-qemu.h>
#include <libvirt/libvirt.h>

namespace rxvirt {

// One kind of event, as libvirt is told of it. What libvirt calls writes the callback's arguments in their
// order.
template <typename Generic>
struct EventCallback {
  int event_id;
  Generic callback;
};

// nullptr for an id that no libvirt of this table has.
[[nodiscard]] const EventCallback<virConnectDomainEventGenericCallback>* DomainCallback(int event_id);
[[nodiscard]] const EventCallback<virConnectNetworkEventGenericCallback>* NetworkCallback(int event_id);
[[nodiscard]] const EventCallback<virConnectStoragePoolEventGenericCallback>* StoragePoolCallback(
    int event_id);
[[nodiscard]] const EventCallback<virConnectNodeDeviceEventGenericCallback>* NodeDeviceCallback(int event_id);
[[nodiscard]] const EventCallback<virConnectSecretEventGenericCallback>* SecretCallback(int event_id);
[[nodiscard]] virConnectDomainQemuMonitorEventCallback QemuMonitorCallback();

}  // namespace rxvirt
