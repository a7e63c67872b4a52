// SPDX-License-Identifier: MIT
#pragma once
#include <libvirt/libvirt.h>
#include <napi.h>

#include <memory>

#include "connection.h"
#include "event_batch.h"

namespace rxvirt {

// Where the events of one registration go. libvirt owns it as the callback's opaque pointer and frees it
// with FreeEventTarget.
struct EventTarget {
  std::shared_ptr<EventBatch> batch;
  int token;
};

void FreeEventTarget(void* target) noexcept;

// Blocks; a failure is no error, since a lost connection takes its registrations with it.
void Deregister(virConnectPtr connection, const ConnectionState::Registration& registration);

void ExportEventRegistration(Napi::Env env, Napi::Object exports);

}  // namespace rxvirt
