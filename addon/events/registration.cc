// SPDX-License-Identifier: MIT
#include "events/registration.h"

#include <new>
#include <utility>

#include "calls/async_call.h"
#include "calls/held.h"
#include "calls/passed_values.h"
#include "events/families.h"
#include "export.h"
#include "library/functions.h"

namespace rxvirt {
namespace {

std::optional<std::string> OptionalText(const Napi::Value& value) {
  if (!value.IsString()) return std::nullopt;
  return value.As<Napi::String>().Utf8Value();
}

// ({ family, eventId, object: domain | uuid or name | null, monitorEvent: text | null, monitorFlags })
EventRequest ToRequest(const Napi::Object& given) {
  EventRequest request{};
  request.family = static_cast<EventFamily>(given.Get("family").As<Napi::Number>().Int32Value());
  request.event_id = given.Get("eventId").As<Napi::Number>();
  const Napi::Value object = given.Get("object");
  request.domain = FromExternal<Held<virDomain>>(object);
  request.object = OptionalText(object);
  request.monitor_event = OptionalText(given.Get("monitorEvent"));
  request.monitor_flags = given.Get("monitorFlags").As<Napi::Number>();
  return request;
}

// When the connection is no longer alive, its refusal says nothing about the event.
VirError Explain(virConnectPtr connection, const VirError& error) {
  if (virConnectIsAlive(connection) != 0) return error;
  return VirError::Closed(error.call);
}

// (connection, token, request)
Napi::Value Register(const Napi::CallbackInfo& info) {
  auto& data = AddonData::Of(info);
  PassedValues passed(info, "registerEvent");
  auto connection = passed.NextHandle<ConnectionState>();
  const int token = passed.NextInteger<int>();
  return PostCall<int>(
      data, connection->calls,
      [connection, token, request = ToRequest(info[2].As<Napi::Object>())]() -> CallResult<int> {
        const ConnectionRef ref(*connection);
        if (ref.get() == nullptr) return VirError::Closed("registering for events");
        void* const target = EventTargets::Instance().Add({connection->events, token});
        const auto result = RegisterWithLibvirt(ref.get(), request, target);
        if (const auto* error = std::get_if<VirError>(&result)) {
          EventTargets::Instance().Remove(target);
          return Explain(ref.get(), *error);
        }
        const ConnectionState::Registration registration{request.family, std::get<int>(result)};
        try {
          const std::lock_guard<std::mutex> lock(connection->mutex);
          if (connection->connection != nullptr) {
            connection->registrations.emplace(token, registration);
            return registration.callback_id;
          }
        } catch (const std::bad_alloc&) {
          Deregister(ref.get(), registration);
          return VirError::OutOfMemory();
        }
        // The connection was closed meanwhile, so nobody else deregisters the callback.
        Deregister(ref.get(), registration);
        return VirError::Closed("registering for events");
      },
      [](Napi::Env env, int&) { return env.Undefined(); });
}

// (connection, token)
Napi::Value DeregisterByToken(const Napi::CallbackInfo& info) {
  PassedValues passed(info, "deregisterEvent");
  auto connection = passed.NextHandle<ConnectionState>();
  const int token = passed.NextInteger<int>();
  return PostCall<int>(
      AddonData::Of(info), connection->calls,
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

void ExportEventRegistration(AddonData& data, Napi::Object exports) {
  Export<Register>(data, exports, "registerEvent");
  Export<DeregisterByToken>(data, exports, "deregisterEvent");
}

}  // namespace rxvirt
