// SPDX-License-Identifier: MIT
#include "calls/domain.h"

#include <array>
#include <utility>

#include "calls/async_call.h"
#include "calls/to_external.h"
#include "export.h"

namespace rxvirt {
namespace {

using DomainAction = int (*)(virDomainPtr);

// The functions that take a domain and nothing else; lib/native.ts passes the index.
struct NamedAction {
  const char* call;
  DomainAction run;
};
constexpr std::array<NamedAction, 4> kActions{{
    {"virDomainSuspend", virDomainSuspend},
    {"virDomainResume", virDomainResume},
    {"virDomainCreate", virDomainCreate},
    {"virDomainDestroy", virDomainDestroy},
}};

enum class LookupBy : int { kName = 0, kUuid = 1, kId = 2 };

struct Found {
  std::shared_ptr<DomainState> state;
  std::string name;
  int id;
};

// Takes over the caller's reference to `domain`.
CallResult<Found> Describe(const std::shared_ptr<ConnectionState>& connection, virDomainPtr domain) {
  char uuid[VIR_UUID_STRING_BUFLEN] = "";
  virDomainGetUUIDString(domain, uuid);
  Found found{std::make_shared<DomainState>(connection, uuid), virDomainGetName(domain),
              static_cast<int>(virDomainGetID(domain))};
  if (!found.state->Adopt(domain)) virDomainFree(domain);
  return found;
}

Napi::Value Lookup(const Napi::CallbackInfo& info) {
  auto& data = AddonData::Of(info);
  auto connection = ConnectionArgument(info);
  const auto by = static_cast<LookupBy>(info[1].As<Napi::Number>().Int32Value());
  const std::string text = info[2].ToString();
  return PostCall<Found>(
      data, connection->calls,
      [connection, by, text]() -> CallResult<Found> {
        const char* call = by == LookupBy::kName   ? "virDomainLookupByName"
                           : by == LookupBy::kUuid ? "virDomainLookupByUUIDString"
                                                   : "virDomainLookupByID";
        const ConnectionRef ref(*connection);
        if (ref.get() == nullptr) return VirError::Closed(call);
        virDomainPtr domain = by == LookupBy::kName   ? virDomainLookupByName(ref.get(), text.c_str())
                              : by == LookupBy::kUuid ? virDomainLookupByUUIDString(ref.get(), text.c_str())
                                                      : virDomainLookupByID(ref.get(), std::stoi(text));
        if (domain == nullptr) return VirError::Last(call);
        return Describe(connection, domain);
      },
      [](Napi::Env env, Found& found) {
        auto result = Napi::Object::New(env);
        result["uuid"] = found.state->key;
        result["name"] = found.name;
        result["id"] = found.id;
        result["handle"] = ToExternal(env, found.state);
        return result;
      });
}

Napi::Value Refer(const Napi::CallbackInfo& info) {
  return ToExternal(info.Env(),
                    std::make_shared<DomainState>(ConnectionArgument(info), info[1].As<Napi::String>()));
}

Napi::Value Act(const Napi::CallbackInfo& info) {
  auto domain = ToDomain(info[0]);
  const NamedAction action = kActions.at(info[1].As<Napi::Number>().Uint32Value());
  return PostCall<int>(
      AddonData::Of(info), domain->connection->calls,
      [domain, action]() -> CallResult<int> {
        const Borrowed<virDomain> ref(*domain);
        if (ref.get() == nullptr) return ref.error();
        if (action.run(ref.get()) < 0) return VirError::Last(action.call);
        return 0;
      },
      [](Napi::Env env, int&) { return env.Undefined(); });
}

Napi::Value State(const Napi::CallbackInfo& info) {
  auto domain = ToDomain(info[0]);
  using StateAndReason = std::pair<int, int>;
  return PostCall<StateAndReason>(
      AddonData::Of(info), domain->connection->calls,
      [domain]() -> CallResult<StateAndReason> {
        const Borrowed<virDomain> ref(*domain);
        if (ref.get() == nullptr) return ref.error();
        StateAndReason answer;
        if (virDomainGetState(ref.get(), &answer.first, &answer.second, 0) < 0)
          return VirError::Last("virDomainGetState");
        return answer;
      },
      [](Napi::Env env, StateAndReason& answer) {
        auto result = Napi::Array::New(env, 2);
        result[0u] = answer.first;
        result[1u] = answer.second;
        return result;
      });
}

}  // namespace

std::shared_ptr<DomainState> ToDomain(const Napi::Value& handle) {
  return *handle.As<Napi::External<std::shared_ptr<DomainState>>>().Data();
}

void ExportDomainFunctions(AddonData& data, Napi::Object exports) {
  Export<Lookup>(data, exports, "lookupDomain");
  Export<Refer>(data, exports, "referToDomain");
  Export<Act>(data, exports, "actOnDomain");
  Export<State>(data, exports, "domainState");
}

}  // namespace rxvirt
