// SPDX-License-Identifier: MIT
#include "event_registration.h"

#include <utility>

#include "async_call.h"
#include "domain.h"
#include "event_families.h"

namespace rxvirt {
namespace {

std::optional<std::string> OptionalText(const Napi::Value& value) {
  if (!value.IsString()) return std::nullopt;
  return value.As<Napi::String>().Utf8Value();
}

// (…, family, eventId, token, domain | uuid or name | null, monitorEvent | null, monitorFlags)
EventRequest RequestArgument(const Napi::CallbackInfo& info) {
  EventRequest request{};
  request.family = static_cast<EventFamily>(info[1].As<Napi::Number>().Int32Value());
  request.event_id = info[2].As<Napi::Number>();
  if (info[4].IsExternal()) request.domain = DomainArgument(info, 4);
  request.object = OptionalText(info[4]);
  request.monitor_event = OptionalText(info[5]);
  request.monitor_flags = info[6].As<Napi::Number>();
  return request;
}

// A registration that a dying connection refused says nothing about the event.
VirError Explain(virConnectPtr connection, const VirError& error) {
  if (virConnectIsAlive(connection) != 0) return error;
  return VirError::Closed(error.call);
}

// (connection, family, …): see RequestArgument
Napi::Value Register(const Napi::CallbackInfo& info) {
  auto& data = AddonData::Of(info.Env());
  auto connection = ConnectionArgument(info);
  const int token = info[3].As<Napi::Number>();
  return PostCall<int>(
      data, connection->lane, KeepAlive::kYes,
      [connection, token, request = RequestArgument(info), batch = data.events]() -> CallResult<int> {
        const ConnectionRef ref(*connection);
        if (ref.get() == nullptr) return VirError::Closed("registering for events");
        // libvirt doesn't free the target of a registration that failed.
        auto target = std::make_unique<EventTarget>(EventTarget{batch, token});
        const auto result = RegisterWithLibvirt(ref.get(), request, target.get());
        if (const auto* error = std::get_if<VirError>(&result)) return Explain(ref.get(), *error);
        (void)target.release();
        const ConnectionState::Registration registration{request.family, std::get<int>(result)};
        {
          const std::lock_guard<std::mutex> lock(connection->mutex);
          if (connection->connection != nullptr) {
            connection->registrations.emplace(token, registration);
            return registration.callback_id;
          }
        }
        Deregister(ref.get(), registration);  // closed meanwhile: nobody else would
        return VirError::Closed("registering for events");
      },
      [](Napi::Env env, int&) { return env.Undefined(); });
}

// (connection, token)
Napi::Value DeregisterByToken(const Napi::CallbackInfo& info) {
  auto connection = ConnectionArgument(info);
  const int token = info[1].As<Napi::Number>();
  return PostCall<int>(
      AddonData::Of(info.Env()), connection->lane, KeepAlive::kYes,
      [connection, token]() -> CallResult<int> {
        const ConnectionRef ref(*connection);
        std::optional<ConnectionState::Registration> registration;
        {
          const std::lock_guard<std::mutex> lock(connection->mutex);
          const auto found = connection->registrations.find(token);
          if (found != connection->registrations.end()) {
            registration = found->second;
            connection->registrations.erase(found);
          }
        }
        if (registration && ref.get() != nullptr) Deregister(ref.get(), *registration);
        return 0;
      },
      [](Napi::Env env, int&) { return env.Undefined(); });
}

}  // namespace

void ExportEventRegistration(Napi::Env env, Napi::Object exports) {
  exports.Set("registerEvent", Napi::Function::New(env, Register, "registerEvent"));
  exports.Set("deregisterEvent", Napi::Function::New(env, DeregisterByToken, "deregisterEvent"));
}

}  // namespace rxvirt
