// SPDX-License-Identifier: MIT
#pragma once
#include <napi.h>

namespace rxvirt {

class AddonData;

// Exports a function that finds out whether all was received that the other side of a connection had to send.
void ExportCatchUp(AddonData& data, Napi::Object exports);

}  // namespace rxvirt
