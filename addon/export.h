// SPDX-License-Identifier: MIT
#pragma once
#include <napi.h>

#include "addon_data.h"

namespace rxvirt {

// Adds a function to the object that JavaScript gets. The function finds its instance by AddonData::Of(info).
template <auto function>
void Export(AddonData& data, Napi::Object exports, const char* name) {
  exports.Set(name, Napi::Function::New<function>(data.env(), name, &data));
}

}  // namespace rxvirt
