// SPDX-License-Identifier: MIT
#pragma once
#include <libvirt/libvirt.h>

#include <memory>
#include <optional>
#include <string>

#include "calls/async_call.h"
#include "calls/connection.h"
#include "calls/held.h"
#include "events/target.h"

namespace rxvirt {

// What is to be registered.
struct EventRequest {
  EventFamily family;
  int event_id;
  std::shared_ptr<Held<virDomain>> domain;   // of domain and monitor events; nullptr: every domain's
  std::optional<std::string> object;         // of the other families: a uuid, or a node device's name
  std::optional<std::string> monitor_event;  // the name of the monitor event, or a pattern
  unsigned int monitor_flags;
};

// Looks up the object and registers; the callback id. Blocks: call threads only. `target` is of
// EventTargets; the caller removes it when that fails.
[[nodiscard]] CallResult<int> RegisterWithLibvirt(virConnectPtr connection, const EventRequest& request,
                                                  void* target);

// Blocks; a failure is no error, since a lost connection takes its registrations with it.
void Deregister(virConnectPtr connection, const ConnectionState::Registration& registration);

}  // namespace rxvirt
