// SPDX-License-Identifier: MIT
#pragma once
#include <napi.h>

namespace spec {

// Stress for JavaScript; one for each process.
void ExportStress(Napi::Env env, Napi::Object exports);

}  // namespace spec
