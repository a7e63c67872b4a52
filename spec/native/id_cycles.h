// SPDX-License-Identifier: MIT
#pragma once
#include <napi.h>

namespace spec {

// A thread that adds, updates and removes as fast as it can, and looks at the ids it gets.
void ExportIdCycles(Napi::Env env, Napi::Object exports);

}  // namespace spec
