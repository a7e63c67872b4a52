// SPDX-License-Identifier: MIT
#pragma once
#include <napi.h>

namespace rxvirt {

class AddonData;

// Exports functions that say which event loop libvirt has in this process, and that register one.
void ExportLoopRegistration(AddonData& data, Napi::Object exports);

}  // namespace rxvirt
