// SPDX-License-Identifier: MIT
#pragma once
#include <napi.h>

#include "addon_data.h"

namespace rxvirt {

// The libvirt functions that JavaScript calls by their names: those of the table in table.cc.
void ExportCalls(AddonData& data, Napi::Object exports);

}  // namespace rxvirt
