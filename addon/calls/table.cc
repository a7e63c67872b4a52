// SPDX-License-Identifier: MIT
#include "calls/table.h"

#include <libvirt/libvirt.h>

#include "calls/call_row.h"
#include "export.h"

namespace rxvirt {
namespace {

// A function, the first version of libvirt that has it, and its type:
// CALL_SINCE(virDomainNewer, 9, 1, int(virDomainPtr, unsigned int)).
#define CALL_SINCE(name, major, minor, type) Row<type>(#name, major * 1'000'000UL + minor * 1'000UL)
// A function that the oldest supported libvirt has, and that its headers declare.
#define CALL(name) CALL_SINCE(name, 7, 0, decltype(::name))

// clang-format off
const CallRow kCalls[] = {
    CALL(virDomainCreate),
    CALL(virDomainDestroy),
    CALL(virDomainGetState),
    CALL(virDomainLookupByID),
    CALL(virDomainLookupByName),
    CALL(virDomainLookupByUUIDString),
    CALL(virDomainResume),
    CALL(virDomainSuspend),
};
// clang-format on

// (connection, uuid): makes a handle of the domain without asking libvirt. The first call on the domain looks
// it up.
Napi::Value ReferToDomain(const Napi::CallbackInfo& info) {
  PassedValues passed(info, "referToDomain");
  auto connection = passed.NextHandle<ConnectionState>();
  return ToExternal(info.Env(),
                    std::make_shared<Held<virDomain>>(std::move(connection), passed.NextText().value_or("")));
}

}  // namespace

void* CallRow::Find() const {
  void* address = found.load(std::memory_order_relaxed);
  if (address == nullptr) found.store(address = libvirt.Find(name), std::memory_order_relaxed);
  return address;
}

void ExportCalls(AddonData& data, Napi::Object exports) {
  const Napi::Env env = data.env();
  auto calls = Napi::Object::New(env);
  for (const CallRow& row : kCalls) {
    calls[row.name] = Napi::Function::New(
        env, [&data, &row](const Napi::CallbackInfo& info) { return row.post(data, row, info); }, row.name);
  }
  exports["calls"] = calls;
  Export<ReferToDomain>(data, exports, "referToDomain");
}

}  // namespace rxvirt
