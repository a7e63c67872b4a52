// SPDX-License-Identifier: MIT
#include "events/qemu_library.h"

#include <dlfcn.h>

namespace rxvirt {
namespace {

QemuLibrary Load() {
  QemuLibrary library;
  void* handle = dlopen("libvirt-qemu.so.0", RTLD_NOW | RTLD_LOCAL);
  if (handle != nullptr) {
    library.register_event = reinterpret_cast<decltype(library.register_event)>(
        dlsym(handle, "virConnectDomainQemuMonitorEventRegister"));
    library.deregister_event = reinterpret_cast<decltype(library.deregister_event)>(
        dlsym(handle, "virConnectDomainQemuMonitorEventDeregister"));
  }
  if (!library.IsLoaded()) {
    const char* reason = dlerror();
    library.problem = reason != nullptr ? reason : "libvirt-qemu.so.0 has no monitor events";
  }
  return library;
}

}  // namespace

const QemuLibrary& QemuLibrary::Instance() {
  static const QemuLibrary library = Load();
  return library;
}

}  // namespace rxvirt
