// SPDX-License-Identifier: MIT
#include "calls/gauges.h"

#include "addon_data.h"
#include "calls/connection.h"
#include "calls/passed_values.h"
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

// (connection)
Napi::Value Stats(const Napi::CallbackInfo& info) {
  auto& data = AddonData::Of(info);
  const auto state = PassedValues(info, "connectionStats").NextHandle<ConnectionState>();
  const auto calls = data.calls->CountsOf(*state->calls->lane);
  auto stats = Napi::Object::New(info.Env());
  stats["queuedEvents"] = state->events->pending();
  stats["lostEvents"] = state->events->lost();
  stats["isHeldBack"] = state->events->has_backlog;
  stats["callsUnderWay"] = calls.under_way;
  stats["callsWaiting"] = calls.waiting;
  stats["callsGivenUp"] = state->calls->given_up;
  return stats;
}

}  // namespace

void ExportGauges(AddonData& data, Napi::Object exports) {
  Export<Gauges>(data, exports, "gauges");
  Export<Stats>(data, exports, "connectionStats");
}

}  // namespace rxvirt
