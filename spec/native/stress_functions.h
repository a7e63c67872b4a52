// SPDX-License-Identifier: MIT
#pragma once
#include <napi.h>

namespace spec {

// Lets JavaScript run Stress. There is one Stress for a process.
void ExportStress(Napi::Env env, Napi::Object exports);

}  // namespace spec
