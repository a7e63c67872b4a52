// SPDX-License-Identifier: MIT
#pragma once
#include <napi.h>

namespace rxvirt {

class AddonData;

// Exports what lib/loop/ uses: libvirt's public event functions, the callbacks that an EventImpl gets, and
// the fd poller.
void ExportLoopFunctions(AddonData& data, Napi::Object exports);

}  // namespace rxvirt
