// SPDX-License-Identifier: MIT
#include "calls/catch_up.h"

#include <optional>
#include <utility>

#include "calls/async_call.h"
#include "calls/connection.h"
#include "calls/passed_values.h"
#include "export.h"
#include "library/functions.h"
#include "loop/bridge.h"

namespace rxvirt {
namespace {

// So few events don't fill a socket, unless they are longer than 20,000 bytes together.
constexpr uint64_t kFew = 8;

// An error that the other side has sent is an answer too. One of libvirt's client isn't: the connection may
// be lost.
bool IsAnswered(virConnectPtr connection) {
  unsigned long version = 0;
  if (virConnectGetLibVersion(connection, &version) == 0) return true;
  const int error = virGetLastErrorCode();
  return error == VIR_ERR_ACCESS_DENIED || error == VIR_ERR_OPERATION_DENIED || error == VIR_ERR_NO_SUPPORT;
}

// Call thread. Returns the question, if it was answered.
std::optional<ReceivedUntil::Question> Ask(ConnectionState& state) {
  const RequestTurn turn(state.calls->turns);
  const ConnectionRef connection(state);
  // The request would read more events than JavaScript has room for.
  if (connection.get() == nullptr || state.events->pending() >= EventQueue::kBacklog) return std::nullopt;
  const auto question = EventBridge::Instance().Ask(*state.owner);
  if (!question || !IsAnswered(connection.get())) return std::nullopt;
  EventBridge::Instance().NoteAnswer(*state.owner, *question);
  return question;
}

// (connection): asks the other side for an answer, because only that shows whether all was received that it
// had to send. Resolves with whether it may still have more. That is known when this is called again, after
// the answer, and all events have arrived that the request has read.
Napi::Value CatchUp(const Napi::CallbackInfo& info) {
  auto& data = AddonData::Of(info);
  auto state = PassedValues(info, "catchUp").NextHandle<ConnectionState>();
  const auto answered = std::exchange(state->answered, std::nullopt);
  auto& bridge = EventBridge::Instance();
  const bool have_all_arrived = answered && !bridge.HasDue(*state->owner);
  const uint64_t arrived = state->events->arrived();
  if (have_all_arrived && arrived - state->arrived_before <= kFew)
    bridge.NoteFewSince(*state->owner, *answered);
  state->arrived_before = arrived;
  using Answered = std::optional<ReceivedUntil::Question>;
  return PostCall<Answered>(
      data, state->calls->lane, state->calls, KeepAlive::kNo,
      [state]() -> CallResult<Answered> { return Ask(*state); },
      [state](Napi::Env env, Answered& question) {
        state->answered = question;
        return Napi::Boolean::New(env, state->owner->received.is_behind());
      });
}

}  // namespace

void ExportCatchUp(AddonData& data, Napi::Object exports) { Export<CatchUp>(data, exports, "catchUp"); }

}  // namespace rxvirt
