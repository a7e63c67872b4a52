// SPDX-License-Identifier: MIT
#pragma once
#include <libvirt/libvirt.h>
#include <napi.h>

#include <cstdint>
#include <cstring>
#include <tuple>
#include <type_traits>

#include "calls/exact_number.h"
#include "library/functions.h"

namespace rxvirt {

// The fields of the structures that libvirt's functions fill. JavaScript gets them in an array, in this
// order.
template <typename Struct>
struct Fields;

#define FIELDS(type, ...)                                      \
  template <>                                                  \
  struct Fields<type> {                                        \
    using T = type;                                            \
    static constexpr auto kAll = std::make_tuple(__VA_ARGS__); \
  }
FIELDS(virDomainBlockInfo, &T::capacity, &T::allocation, &T::physical);
FIELDS(virDomainBlockJobInfo, &T::type, &T::bandwidth, &T::cur, &T::end);
FIELDS(virDomainControlInfo, &T::state, &T::details, &T::stateTime);
FIELDS(virDomainDiskError, &T::disk, &T::error);
FIELDS(virDomainInfo, &T::state, &T::maxMem, &T::memory, &T::nrVirtCpu, &T::cpuTime);
FIELDS(virDomainInterfaceStatsStruct, &T::rx_bytes, &T::rx_packets, &T::rx_errs, &T::rx_drop, &T::tx_bytes,
       &T::tx_packets, &T::tx_errs, &T::tx_drop);
FIELDS(virDomainMemoryStatStruct, &T::tag, &T::val);
FIELDS(virNodeInfo, &T::model, &T::memory, &T::cpus, &T::mhz, &T::nodes, &T::sockets, &T::cores, &T::threads);
FIELDS(virSecurityLabel, &T::label, &T::enforcing);
FIELDS(virSecurityModel, &T::model, &T::doi);
FIELDS(virStoragePoolInfo, &T::state, &T::capacity, &T::allocation, &T::available);
FIELDS(virStorageVolInfo, &T::type, &T::capacity, &T::allocation);
FIELDS(virVcpuInfo, &T::number, &T::state, &T::cpuTime, &T::cpu);
FIELDS(virDomainIPAddress, &T::type, &T::addr, &T::prefix);
FIELDS(virNetworkDHCPLease, &T::iface, &T::expirytime, &T::type, &T::mac, &T::iaid, &T::ipaddr, &T::prefix,
       &T::hostname, &T::clientid);
#undef FIELDS

// A structure that has memory of its own: `kFree` frees it.
template <typename Item>
struct ItemKind;

template <>
struct ItemKind<virDomainFSInfo> {
  static constexpr const auto& kFree = virDomainFSInfoFree;
};
template <>
struct ItemKind<virDomainIOThreadInfo> {
  static constexpr const auto& kFree = virDomainIOThreadInfoFree;
};
template <>
struct ItemKind<virDomainInterface> {
  static constexpr const auto& kFree = virDomainInterfaceFree;
};
template <>
struct ItemKind<virNetworkDHCPLease> {
  static constexpr const auto& kFree = virNetworkDHCPLeaseFree;
};

// The values of fields.
template <typename Number, std::enable_if_t<std::is_integral_v<Number> || std::is_enum_v<Number>, int> = 0>
Napi::Value FieldToJs(Napi::Env env, Number number) {
  return ExactNumber(env, number);
}
// NULL becomes null.
inline Napi::Value FieldToJs(Napi::Env env, const char* text) {
  return text != nullptr ? Napi::Value(Napi::String::New(env, text)) : env.Null();
}
template <size_t size>
Napi::Value FieldToJs(Napi::Env env, const char (&text)[size]) {
  return Napi::String::New(env, text, strnlen(text, size));
}
template <typename Item, typename Make>
Napi::Array ArrayToJs(Napi::Env env, const Item* items, size_t count, Make make) {
  auto array = Napi::Array::New(env, count);
  for (uint32_t i = 0; i < count; ++i) {
    const Napi::HandleScope scope(env);
    array[i] = make(items[i]);
  }
  return array;
}

// A structure of plain fields.
template <typename Struct>
auto StructToJs(Napi::Env env, const Struct& fields) -> decltype((void)Fields<Struct>::kAll, Napi::Array()) {
  auto array = Napi::Array::New(env);
  uint32_t index = 0;
  std::apply([&](auto... field) { ((array[index++] = FieldToJs(env, fields.*field)), ...); },
             Fields<Struct>::kAll);
  return array;
}
Napi::Array StructToJs(Napi::Env env, const virDomainFSInfo& info);
Napi::Array StructToJs(Napi::Env env, const virDomainIOThreadInfo& info);
Napi::Array StructToJs(Napi::Env env, const virDomainInterface& interface);

}  // namespace rxvirt
