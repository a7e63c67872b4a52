// SPDX-License-Identifier: MIT
#pragma once
#include <napi.h>

namespace spec {

// Tells how much memory C and C++ code of this process has in use.
void ExportNativeMemory(Napi::Env env, Napi::Object exports);

}  // namespace spec
