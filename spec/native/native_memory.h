// SPDX-License-Identifier: MIT
#pragma once
#include <napi.h>

namespace spec {

// Returns how much memory C and C++ code of this process uses.
void ExportNativeMemory(Napi::Env env, Napi::Object exports);

}  // namespace spec
