// SPDX-License-Identifier: MIT
#pragma once
#include <napi.h>

namespace rxvirt {

// What lib/event/ uses: registering a loop with libvirt, libvirt's public event functions, and the fd poller.
class AddonData;

void ExportEventFunctions(AddonData& data, Napi::Object exports);

}  // namespace rxvirt
