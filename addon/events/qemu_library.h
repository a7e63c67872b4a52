// SPDX-License-Identifier: MIT
#pragma once
#include <libvirt/libvirt-qemu.h>

#include <string>

namespace rxvirt {

// libvirt-qemu, loaded when its first function is needed: a host without it has all other events. Any
// thread; never unloaded, since its callbacks are libvirt's for ever.
struct QemuLibrary {
  static const QemuLibrary& Instance();

  [[nodiscard]] bool IsLoaded() const { return register_event != nullptr && deregister_event != nullptr; }

  decltype(&virConnectDomainQemuMonitorEventRegister) register_event = nullptr;
  decltype(&virConnectDomainQemuMonitorEventDeregister) deregister_event = nullptr;
  std::string problem;  // why it isn't loaded
};

}  // namespace rxvirt
