// SPDX-License-Identifier: MIT
#pragma once
#include <napi.h>

namespace rxvirt {

class AddonData;

// Exports a function that says what all connections of the instance have under way together.
void ExportGauges(AddonData& data, Napi::Object exports);

}  // namespace rxvirt
