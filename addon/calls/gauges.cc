// SPDX-License-Identifier: MIT
#include "calls/gauges.h"

#include "addon_data.h"
#include "calls/connection.h"
#include "export.h"

namespace rxvirt {
namespace {

// Calls of connections that were given up count too: a call holds its thread until libvirt returns.
Napi::Value Gauges(const Napi::CallbackInfo& info) {
  auto& data = AddonData::Of(info);
  int queued_events = 0;
  int calls_waiting = 0;
  for (const auto& [token, connection] : data.connections()) {
    queued_events += connection->events->pending();
    calls_waiting += data.calls->CountsOf(*connection->calls->lane).waiting;
  }
  auto gauges = Napi::Object::New(info.Env());
  gauges["connections"] = static_cast<double>(data.connections().size());
  gauges["queuedEvents"] = queued_events;
  gauges["callsUnderWay"] = data.calls->Running();
  gauges["callsWaiting"] = calls_waiting;
  return gauges;
}

}  // namespace

void ExportGauges(AddonData& data, Napi::Object exports) { Export<Gauges>(data, exports, "gauges"); }

}  // namespace rxvirt
