// SPDX-License-Identifier: MIT
#pragma once
#include <napi.h>

namespace rxvirt {

// What lib/event/ uses: registering a loop with libvirt, libvirt's public event functions, and the fd poller.
void ExportEventFunctions(Napi::Env env, Napi::Object exports);

}  // namespace rxvirt
