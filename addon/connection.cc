// SPDX-License-Identifier: MIT
#include "connection.h"

#include <libvirt/virterror.h>

#include <string>
#include <utility>

#include "async_call.h"
#include "domain.h"
#include "event_families.h"
#include "reaper.h"

namespace rxvirt {
namespace {

struct Opened {
  std::shared_ptr<ConnectionState> state;
  std::string uri;
};

struct OpenOptions {
  std::optional<std::string> uri;
  bool is_read_only;
  int close_token;
  std::optional<int> keep_alive_interval_s;
  unsigned keep_alive_count;
};

void OnConnectionClosed(virConnectPtr, int reason, void* opaque) noexcept {
  const auto& target = *static_cast<EventTarget*>(opaque);
  EventBatch::Event(target.batch.get(), target.token).Number(reason);
}

// Drivers that live in the client have no peer that could fall silent.
bool SetKeepAlive(virConnectPtr connection, const OpenOptions& options) {
  if (!options.keep_alive_interval_s) return true;
  if (virConnectSetKeepAlive(connection, *options.keep_alive_interval_s, options.keep_alive_count) >= 0)
    return true;
  return virGetLastErrorCode() == VIR_ERR_NO_SUPPORT;
}

CallResult<Opened> OpenNow(const OpenOptions& options, const std::shared_ptr<EventBatch>& batch) {
  const char* uri = options.uri ? options.uri->c_str() : nullptr;
  Opened opened{std::make_shared<ConnectionState>(), ""};
  auto& connection = opened.state->connection;
  connection = options.is_read_only ? virConnectOpenReadOnly(uri) : virConnectOpen(uri);
  if (connection == nullptr)
    return VirError::Last(options.is_read_only ? "virConnectOpenReadOnly" : "virConnectOpen");

  auto target = std::make_unique<EventTarget>(EventTarget{batch, options.close_token});
  if (virConnectRegisterCloseCallback(connection, OnConnectionClosed, target.get(), FreeEventTarget) == 0)
    (void)target.release();
  if (!SetKeepAlive(connection, options)) return VirError::Last("virConnectSetKeepAlive");
  if (char* text = virConnectGetURI(connection)) {
    opened.uri = text;
    free(text);
  }
  return opened;
}

Napi::Value Open(const Napi::CallbackInfo& info) {
  OpenOptions options{};
  if (info[0].IsString()) options.uri = info[0].As<Napi::String>();
  options.is_read_only = info[1].As<Napi::Boolean>();
  options.close_token = info[2].As<Napi::Number>();
  if (info[3].IsNumber()) options.keep_alive_interval_s = info[3].As<Napi::Number>();
  options.keep_alive_count = info[4].As<Napi::Number>();
  auto& data = AddonData::Of(info.Env());
  return PostCall<Opened>(
      data, std::make_shared<CallLane>(), KeepAlive::kYes,
      [options, batch = data.events] { return OpenNow(options, batch); },
      [&data](Napi::Env env, Opened& opened) {
        data.connections.insert(opened.state);
        data.waker->Ref();  // an open connection keeps the process alive
        auto result = Napi::Object::New(env);
        result["handle"] = Napi::External<std::shared_ptr<ConnectionState>>::New(
            env, new std::shared_ptr<ConnectionState>(opened.state),
            [](Napi::Env, std::shared_ptr<ConnectionState>* held) { delete held; });
        result["uri"] = opened.uri;
        return result;
      });
}

// Not on the connection's own lane: calls that are stuck must not hold up the end.
Napi::Value Close(const Napi::CallbackInfo& info) {
  auto& data = AddonData::Of(info.Env());
  auto state = ConnectionArgument(info);
  return PostCall<int>(
      data, std::make_shared<CallLane>(), KeepAlive::kYes,
      [state]() -> CallResult<int> { return CloseConnection(*state); },
      [&data, state](Napi::Env env, int& references) {
        if (data.connections.erase(state) > 0) data.waker->Unref();
        return Napi::Number::New(env, references);
      });
}

}  // namespace

ConnectionRef::ConnectionRef(ConnectionState& state) {
  const std::lock_guard<std::mutex> lock(state.mutex);
  if (state.connection != nullptr && virConnectRef(state.connection) == 0) connection_ = state.connection;
}

ConnectionRef::~ConnectionRef() {
  if (connection_ != nullptr) virConnectClose(connection_);
}

// Whoever drops the last reference without having closed (a call whose environment ended) is on a thread
// that may block or not: the reaper's may.
ConnectionState::~ConnectionState() {
  if (connection != nullptr) RunOnReaper([left = connection] { virConnectClose(left); });
}

int CloseConnection(ConnectionState& state) {
  virConnectPtr connection = nullptr;
  std::unordered_map<int, ConnectionState::Registration> registrations;
  std::vector<virDomainPtr> domains;
  {
    const std::lock_guard<std::mutex> lock(state.mutex);
    connection = std::exchange(state.connection, nullptr);
    registrations.swap(state.registrations);
    for (DomainState* domain : state.domains) domains.push_back(std::exchange(domain->domain, nullptr));
    state.domains.clear();
  }
  if (connection == nullptr) return 0;
  // While a callback is registered or a domain held, virConnectClose() leaves the connection open.
  for (const auto& [token, registration] : registrations) Deregister(connection, registration);
  virConnectUnregisterCloseCallback(connection, OnConnectionClosed);
  for (virDomainPtr domain : domains) {
    if (domain != nullptr) virDomainFree(domain);
  }
  return virConnectClose(connection);
}

void CloseOnReaper(std::shared_ptr<ConnectionState> state) {
  RunOnReaper([state = std::move(state)] { CloseConnection(*state); });
}

std::shared_ptr<ConnectionState> ConnectionArgument(const Napi::CallbackInfo& info) {
  return *info[0].As<Napi::External<std::shared_ptr<ConnectionState>>>().Data();
}

void ExportConnectionFunctions(Napi::Env env, Napi::Object exports) {
  exports.Set("openConnection", Napi::Function::New(env, Open, "openConnection"));
  exports.Set("closeConnection", Napi::Function::New(env, Close, "closeConnection"));
}

}  // namespace rxvirt
