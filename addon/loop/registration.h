// SPDX-License-Identifier: MIT
#pragma once
#include <napi.h>

namespace rxvirt {

class AddonData;

// Which event loop libvirt has in this process, and giving it one.
void ExportLoopRegistration(AddonData& data, Napi::Object exports);

}  // namespace rxvirt
