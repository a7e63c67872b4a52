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

// What to register for.
struct EventRequest {
  EventFamily family;
  int event_id;
  std::shared_ptr<Held<virDomain>> domain;   // for domain and monitor events; nullptr means all domains
  std::optional<std::string> object;         // for the other families: a uuid, or a node device's name
  std::optional<std::string> monitor_event;  // the name of the monitor event, or a pattern
  unsigned int monitor_flags;
};

// Looks up the object, registers, and returns the callback id. Blocks: call threads only. `target` comes from
// EventTargets::Add(). When this fails, the caller must remove `target`.
[[nodiscard]] CallResult<int> RegisterWithLibvirt(virConnectPtr connection, const EventRequest& request,
                                                  void* target);

// Blocks. A failure is ignored: when a connection is lost, its registrations are gone too.
void Deregister(virConnectPtr connection, const ConnectionState::Registration& registration);

}  // namespace rxvirt
