// SPDX-License-Identifier: MIT
#pragma once
#include <napi.h>

namespace rxvirt {

void ExportEventRegistration(Napi::Env env, Napi::Object exports);

}  // namespace rxvirt
