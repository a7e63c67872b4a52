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
    CALL(virConnectGetAllDomainStats),
    CALL(virConnectListAllDomains),
    CALL(virConnectListAllInterfaces),
    CALL(virConnectListAllNWFilters),
    CALL(virConnectListAllNetworks),
    CALL(virConnectListAllNodeDevices),
    CALL(virConnectListAllSecrets),
    CALL(virConnectListAllStoragePools),
    CALL(virDomainCreate),
    CALL(virDomainDestroy),
    CALL(virDomainGetState),
    CALL(virDomainIsActive),
    CALL(virDomainIsPersistent),
    CALL(virDomainListGetStats),
    CALL(virDomainLookupByID),
    CALL(virDomainLookupByName),
    CALL(virDomainLookupByUUIDString),
    CALL(virDomainResume),
    CALL(virDomainSuspend),
    CALL(virInterfaceIsActive),
    CALL(virInterfaceLookupByName),
    CALL(virNWFilterLookupByName),
    CALL(virNWFilterLookupByUUIDString),
    CALL(virNetworkIsActive),
    CALL(virNetworkIsPersistent),
    CALL(virNetworkLookupByName),
    CALL(virNetworkLookupByUUIDString),
    CALL_SINCE(virNodeDeviceIsActive, 7, 8, int(virNodeDevicePtr)),
    CALL_SINCE(virNodeDeviceIsPersistent, 7, 8, int(virNodeDevicePtr)),
    CALL(virNodeDeviceLookupByName),
    CALL(virSecretLookupByUUIDString),
    CALL(virSecretLookupByUsage),
    CALL(virStoragePoolGetInfo),
    CALL(virStoragePoolIsActive),
    CALL(virStoragePoolIsPersistent),
    CALL(virStoragePoolLookupByName),
    CALL(virStoragePoolLookupByUUIDString),
};
// clang-format on

// (connection, key): makes a handle of an object without asking libvirt. The first call on the object looks
// it up.
template <typename Object>
Napi::Value ReferTo(const Napi::CallbackInfo& info) {
  PassedValues passed(info, "referTo");
  auto connection = passed.NextHandle<ConnectionState>();
  return ToExternal(info.Env(),
                    std::make_shared<Held<Object>>(std::move(connection), passed.NextText().value_or("")));
}

// (handles, index): a handle of one object of a list.
Napi::Value HandleAt(const Napi::CallbackInfo& info) {
  PassedValues passed(info, "handleAt");
  const auto handles = passed.NextHandle<HandleList>();
  auto handle = handles->At(passed.NextInteger<uint32_t>());
  return handle != nullptr ? ToExternal(info.Env(), std::move(handle)) : info.Env().Undefined();
}

// (domain)
Napi::Value UuidOfDomain(const Napi::CallbackInfo& info) {
  return Napi::String::New(info.Env(), PassedValues(info, "uuidOfDomain").NextHandle<Held<virDomain>>()->key);
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
  Export<HandleAt>(data, exports, "handleAt");
  Export<ReferTo<virDomain>>(data, exports, "referToDomain");
  Export<ReferTo<virNetwork>>(data, exports, "referToNetwork");
  Export<ReferTo<virNodeDevice>>(data, exports, "referToNodeDevice");
  Export<ReferTo<virSecret>>(data, exports, "referToSecret");
  Export<ReferTo<virStoragePool>>(data, exports, "referToStoragePool");
  Export<UuidOfDomain>(data, exports, "uuidOfDomain");
}

}  // namespace rxvirt
