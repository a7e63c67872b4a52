// SPDX-License-Identifier: MIT
#include "event_registration.h"

#include <libvirt/virterror.h>

#include <utility>

#include "async_call.h"
#include "domain.h"

namespace rxvirt {
namespace {

int OnLifecycle(virConnectPtr, virDomainPtr domain, int event, int detail, void* opaque) noexcept {
  const auto& target = *static_cast<EventTarget*>(opaque);
  EventBatch::Event(target.batch.get(), target.token).Domain(domain).Number(event).Number(detail);
  return 0;
}

int RegisterNow(virConnectPtr connection, virDomainPtr domain, int event_id, EventTarget* target) {
  return virConnectDomainEventRegisterAny(connection, domain, event_id,
                                          VIR_DOMAIN_EVENT_CALLBACK(OnLifecycle), target, FreeEventTarget);
}

// (connection, family, eventId, token, domain | null)
Napi::Value Register(const Napi::CallbackInfo& info) {
  auto& data = AddonData::Of(info.Env());
  auto connection = ConnectionArgument(info);
  const auto family = static_cast<EventFamily>(info[1].As<Napi::Number>().Int32Value());
  const int event_id = info[2].As<Napi::Number>();
  const int token = info[3].As<Napi::Number>();
  auto domain = info[4].IsExternal() ? DomainArgument(info, 4) : nullptr;
  return PostCall<int>(
      data, connection->lane, KeepAlive::kYes,
      [=, batch = data.events]() -> CallResult<int> {
        static const char* const kCall = "virConnectDomainEventRegisterAny";
        const ConnectionRef ref(*connection);
        if (ref.get() == nullptr) return VirError::Closed(kCall);
        std::optional<DomainRef> object;
        if (domain != nullptr && object.emplace(*domain).get() == nullptr) return object->error();
        // libvirt doesn't free the target of a registration that failed.
        auto target = std::make_unique<EventTarget>(EventTarget{batch, token});
        const int callback_id =
            RegisterNow(ref.get(), object ? object->get() : nullptr, event_id, target.get());
        if (callback_id < 0) return VirError::Last(kCall);
        (void)target.release();
        const ConnectionState::Registration registration{family, callback_id};
        {
          const std::lock_guard<std::mutex> lock(connection->mutex);
          if (connection->connection != nullptr) {
            connection->registrations.emplace(token, registration);
            return callback_id;
          }
        }
        Deregister(ref.get(), registration);  // closed meanwhile: nobody else would
        return VirError::Closed(kCall);
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

void FreeEventTarget(void* target) noexcept { delete static_cast<EventTarget*>(target); }

void Deregister(virConnectPtr connection, const ConnectionState::Registration& registration) {
  virConnectDomainEventDeregisterAny(connection, registration.callback_id);
  virResetLastError();
}

void ExportEventRegistration(Napi::Env env, Napi::Object exports) {
  exports.Set("registerEvent", Napi::Function::New(env, Register, "registerEvent"));
  exports.Set("deregisterEvent", Napi::Function::New(env, DeregisterByToken, "deregisterEvent"));
}

}  // namespace rxvirt
