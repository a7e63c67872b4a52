// SPDX-License-Identifier: MIT
#include "calls/catch_up.h"

#include <utility>

#include "calls/async_call.h"
#include "calls/connection.h"
#include "calls/passed_values.h"
#include "export.h"
#include "library/functions.h"
#include "loop/bridge.h"

namespace rxvirt {
namespace {

// (connection): asks the other side for an answer, because only that shows whether all was received that it
// had to send. Resolves with whether it may still have more. A connection that is held back, or was since the
// last question, isn't asked: the call would read what JavaScript has no room for.
Napi::Value CatchUp(const Napi::CallbackInfo& info) {
  auto& data = AddonData::Of(info);
  auto state = PassedValues(info, "catchUp").NextHandle<ConnectionState>();
  const bool was_held_back = std::exchange(state->events->had_backlog, state->events->has_backlog);
  const auto ask = [state]() -> CallResult<bool> {
    const RequestTurn turn(state->calls->turns);
    const ConnectionRef connection(*state);
    if (connection.get() == nullptr) return true;
    const auto question = EventBridge::Instance().Ask(*state->owner);
    if (!question) return true;
    unsigned long version = 0;
    const bool is_answered = virConnectGetLibVersion(connection.get(), &version) == 0 ||
                             virGetLastErrorCode() == VIR_ERR_ACCESS_DENIED;
    EventBridge::Instance().NoteAnswer(*state->owner, *question, is_answered);
    return true;
  };
  const auto convert = [state](Napi::Env env, bool&) {
    return Napi::Boolean::New(env, state->owner->received.is_behind());
  };
  if (!was_held_back)
    return PostCall<bool>(data, state->calls->lane, state->calls, KeepAlive::kNo, ask, convert);
  auto later = Napi::Promise::Deferred::New(info.Env());
  later.Resolve(Napi::Boolean::New(info.Env(), state->owner->received.is_behind()));
  return later.Promise();
}

}  // namespace

void ExportCatchUp(AddonData& data, Napi::Object exports) { Export<CatchUp>(data, exports, "catchUp"); }

}  // namespace rxvirt
