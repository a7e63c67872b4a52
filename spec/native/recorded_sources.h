// SPDX-License-Identifier: MIT
#pragma once
#include <napi.h>

namespace spec {

// Handles and timeouts added through libvirt's public functions, with C callbacks that write down what
// happens to them, in order, and can be told to change others from within.
void ExportRecordedSources(Napi::Env env, Napi::Object exports);

}  // namespace spec
