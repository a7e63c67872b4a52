// SPDX-License-Identifier: MIT
#pragma once
#include <napi.h>

namespace spec {

// A thread that adds, updates and removes sources as fast as it can, and checks the ids that it gets.
void ExportIdCycles(Napi::Env env, Napi::Object exports);

}  // namespace spec
