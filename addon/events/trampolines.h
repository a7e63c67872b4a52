// SPDX-License-Identifier: MIT
#pragma once
#include <libvirt/libvirt-qemu.h>
#include <libvirt/libvirt.h>

namespace rxvirt {

// The callbacks that libvirt is given, one for each shape of payload. They run on whatever thread libvirt
// runs them on and append to the EventQueue of their EventTarget; lib/events/*-event-kinds.ts reads the
// payload back in the same order.

// nullptr for an id that this build doesn't know, because libvirt's headers were older or are newer.
[[nodiscard]] virConnectDomainEventGenericCallback DomainTrampoline(int event_id);
[[nodiscard]] virConnectNetworkEventGenericCallback NetworkTrampoline(int event_id);
[[nodiscard]] virConnectStoragePoolEventGenericCallback StoragePoolTrampoline(int event_id);
[[nodiscard]] virConnectNodeDeviceEventGenericCallback NodeDeviceTrampoline(int event_id);
[[nodiscard]] virConnectSecretEventGenericCallback SecretTrampoline(int event_id);
[[nodiscard]] virConnectDomainQemuMonitorEventCallback QemuMonitorTrampoline();

}  // namespace rxvirt
