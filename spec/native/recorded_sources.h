// SPDX-License-Identifier: MIT
#pragma once
#include <napi.h>

namespace spec {

// Handles and timeouts that are added through libvirt's public functions. Their C callbacks record what
// happens to them, in order. A callback can also change other sources.
void ExportRecordedSources(Napi::Env env, Napi::Object exports);

}  // namespace spec
