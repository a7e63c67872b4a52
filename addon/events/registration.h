// SPDX-License-Identifier: MIT
#pragma once
#include <napi.h>

namespace rxvirt {

class AddonData;

void ExportEventRegistration(AddonData& data, Napi::Object exports);

}  // namespace rxvirt
