// SPDX-License-Identifier: MIT
#pragma once
#include <napi.h>

namespace rxvirt {

class AddonData;

void ExportStreamEvents(AddonData& data, Napi::Object exports);

}  // namespace rxvirt
