// SPDX-License-Identifier: MIT
#include "calls/connection.h"

#include <cstdlib>
#include <iterator>
#include <string>
#include <utility>

#include "calls/async_call.h"
#include "calls/closing.h"
#include "calls/free_fds.h"
#include "calls/handle.h"
#include "calls/open_auth.h"
#include "calls/passed_values.h"
#include "export.h"
#include "library/functions.h"
#include "loop/bridge.h"
#include "node/from_c.h"

namespace rxvirt {
namespace {

struct OpenOptions {
  std::optional<std::string> uri;
  bool is_read_only;
  int token;
  int keep_alive_interval_s;  // 0: none
  unsigned keep_alive_count;
  std::optional<int> calls_at_once;
  bool has_auth;  // JavaScript answers questions
};

struct Opened {
  std::shared_ptr<ConnectionState> state;
  std::string uri;
  int calls_at_once;
};

enum class Side { kOther, kThis, kUnknown };

// Turns keepalive on, and returns on which side the driver is. A driver in this process refuses keepalive,
// because it has no peer that could stop answering. kUnknown after any other failure.
Side SetKeepAlive(virConnectPtr connection, const OpenOptions& options) {
  if (virConnectSetKeepAlive(connection, options.keep_alive_interval_s, options.keep_alive_count) >= 0)
    return Side::kOther;
  return virGetLastErrorCode() == VIR_ERR_NO_SUPPORT ? Side::kThis : Side::kUnknown;
}

// Stores the connection in the state as the last step. From then on another thread may close it, when the
// environment ends.
CallResult<Opened> OpenNow(const OpenOptions& options, const std::shared_ptr<ConnectionState>& state,
                           AuthDesk& auth) {
  const OwnerScope scope(state->owner);
  // The open was aborted while it waited for a thread.
  if (EventBridge::Instance().IsCutOff(*state->owner)) return VirError::Closed(virConnectOpen.name);
  const char* uri = options.uri ? options.uri->c_str() : nullptr;
  const auto& open = options.is_read_only ? virConnectOpenReadOnly : virConnectOpen;
  const char* name = options.has_auth ? virConnectOpenAuth.name : open.name;
  // An open needs a socket, and libvirt's client makes an event descriptor for each connection by GLib, which
  // aborts the whole process when it gets none. Some transports need pipes too.
  const FdsOfOpen fds;
  if (!fds.are_free())
    return VirError::Own(VIR_ERR_SYSTEM_ERROR, VIR_FROM_RPC,
                         "too many open files: an open needs " + std::to_string(FdsOfOpen::kNeeded) + " more",
                         name);
  EventBridge::Instance().SetOpening(*state->owner, true);
  virConnectPtr connection = options.has_auth
                                 ? OpenWithAuth(uri, options.is_read_only, options.token, auth, *state->owner)
                                 : open(uri);
  EventBridge::Instance().SetOpening(*state->owner, false);
  if (connection == nullptr) return VirError::Last(name);
  void* const target = EventTargets::Instance().Add({state->events, options.token});
  (void)virConnectRegisterCloseCallback(connection, FromC<OnConnectionClosed>, target,
                                        FromC<FreeEventTarget>);
  const Side side = SetKeepAlive(connection, options);
  if (side == Side::kUnknown) {
    auto error = VirError::Last(virConnectSetKeepAlive.name);
    // libvirt's own message would say that the caller has no event loop.
    if (virConnectIsAlive(connection) == 0) error.message = "the connection was lost while it was opened";
    (void)Close({connection, target, {}, {}}, *state->owner, state->calls->turns);
    return error;
  }
  const int usual = side == Side::kThis ? CallLane::kWidth : 1;
  Opened opened{state, "", options.calls_at_once.value_or(usual)};
  if (char* text = virConnectGetURI(connection)) {
    opened.uri = text;
    free(text);
  }
  const std::lock_guard<std::mutex> lock(state->mutex);
  state->connection = connection;
  state->close_target = target;
  return opened;
}

// The lane for the opens of one URI. It exists as long as one of these opens waits or runs.
std::shared_ptr<CallLane> OpenLane(AddonData& data, const std::string& uri) {
  auto& lanes = data.open_lanes;
  auto lane = lanes[uri].lock();
  if (lane != nullptr) return lane;
  for (auto each = lanes.begin(); each != lanes.end();)
    each = each->second.expired() ? lanes.erase(each) : std::next(each);
  lane = std::make_shared<CallLane>();
  lane->width = CallLane::kOpens;
  lanes[uri] = lane;
  return lane;
}

// ({ uri, isReadOnly, token, keepAliveIntervalSeconds, keepAliveCount, callsAtOnce: number | null, hasAuth })
Napi::Value Open(const Napi::CallbackInfo& info) {
  auto& data = AddonData::Of(info);
  const auto given = info[0].As<Napi::Object>();
  OpenOptions options{};
  if (given.Get("uri").IsString()) options.uri = given.Get("uri").As<Napi::String>();
  options.is_read_only = given.Get("isReadOnly").As<Napi::Boolean>();
  options.token = given.Get("token").As<Napi::Number>();
  options.keep_alive_interval_s = given.Get("keepAliveIntervalSeconds").As<Napi::Number>();
  options.keep_alive_count = given.Get("keepAliveCount").As<Napi::Number>();
  options.has_auth = given.Get("hasAuth").As<Napi::Boolean>();
  const Napi::Value calls_at_once = given.Get("callsAtOnce");
  if (calls_at_once.IsNumber()) options.calls_at_once = calls_at_once.As<Napi::Number>();

  auto state =
      std::make_shared<ConnectionState>(std::make_shared<EventQueue>(data.dispatcher.ready, options.token));
  data.AddConnection(options.token, state);
  state->open_lane = OpenLane(data, options.uri.value_or(""));
  return PostCall<Opened>(
      data, state->open_lane, state->calls, KeepAlive::kYes,
      [options, state, auth = data.auth] { return OpenNow(options, state, *auth); },
      [&data](Napi::Env env, Opened& opened) {
        opened.state->open_lane.reset();
        opened.state->calls->lane->width = opened.calls_at_once;  // before its first call
        opened.state->calls->turns.SetWidth(opened.calls_at_once);
        opened.state->keeps_alive = true;  // an open connection keeps the process alive
        data.waker->Ref();
        auto result = Napi::Object::New(env);
        result["handle"] = ToExternal(env, opened.state);
        result["uri"] = opened.uri;
        return result;
      });
}

// Doesn't use the connection's own lane: calls that hang there must not delay the close.
Napi::Value CloseNow(const Napi::CallbackInfo& info) {
  auto& data = AddonData::Of(info);
  auto state = PassedValues(info, "closeConnection").NextHandle<ConnectionState>();
  return PostCall<int>(
      data, std::make_shared<CallLane>(), state->calls, KeepAlive::kYes,
      [state]() -> CallResult<int> { return Close(TakeOut(*state), *state->owner, state->calls->turns); },
      [](Napi::Env env, int& references) { return Napi::Number::New(env, references); });
}

// The URI of the process's environment, as libvirt would take it; undefined when there is none.
Napi::Value DefaultUri(const Napi::CallbackInfo& info) {
  const char* const uri = std::getenv("LIBVIRT_DEFAULT_URI");
  if (uri == nullptr || *uri == '\0') return info.Env().Undefined();
  return Napi::String::New(info.Env(), uri);
}

// (token): the token of a connection that is open or being opened.
void Abandon(const Napi::CallbackInfo& info) {
  auto& data = AddonData::Of(info);
  const auto found = data.connections().find(info[0].As<Napi::Number>());
  if (found != data.connections().end())
    AbandonConnection(data, std::shared_ptr<ConnectionState>(found->second));
}

}  // namespace

ConnectionRef::ConnectionRef(ConnectionState& state) : scope_(state.owner) {
  const std::lock_guard<std::mutex> lock(state.mutex);
  if (state.connection != nullptr && virConnectRef(state.connection) == 0) connection_ = state.connection;
}

ConnectionRef::~ConnectionRef() {
  if (connection_ != nullptr) virConnectClose(connection_);
}

bool IsLost(ConnectionState& state) {
  const ConnectionRef connection(state);
  return connection.get() != nullptr && virConnectIsAlive(connection.get()) == 0;
}

void AbandonConnection(AddonData& data, const std::shared_ptr<ConnectionState>& state) {
  data.DropConnection(state->events->id);
  EventBridge::Instance().CutOff(*state->owner);
  data.auth->Answer(state->events->id, std::nullopt);  // an open that waits for JavaScript waits no longer
  state->events->Close();
  if (std::exchange(state->keeps_alive, false)) data.waker->Unref();
  const auto open_calls = state->calls->open;  // a copy: GiveUp() removes the call from the set
  for (const auto& [number, call] : open_calls) call->GiveUp(VirError::Closed(""));
  data.calls->Drop(state->calls->lane);
  // Nobody else would end a hold of the lane. A late call must run, so that it finds the connection closed.
  data.calls->Hold(state->calls->lane, false);
  if (const auto lane = std::exchange(state->open_lane, nullptr)) data.calls->DropUnwanted(lane);
}

void ExportConnectionFunctions(AddonData& data, Napi::Object exports) {
  Export<Open>(data, exports, "openConnection");
  Export<CloseNow>(data, exports, "closeConnection");
  Export<Abandon>(data, exports, "abandonConnection");
  Export<DefaultUri>(data, exports, "defaultUri");
}

}  // namespace rxvirt
