// SPDX-License-Identifier: MIT
#include "calls/fields.h"

namespace rxvirt {
namespace {

template <typename... Values>
Napi::Array ArrayOf(Napi::Env env, Values... values) {
  auto array = Napi::Array::New(env, sizeof...(Values));
  uint32_t index = 0;
  ((array[index++] = values), ...);
  return array;
}

}  // namespace

Napi::Array StructToJs(Napi::Env env, const virDomainFSInfo& info) {
  const auto text = [env](const char* alias) { return FieldToJs(env, alias); };
  return ArrayOf(env, FieldToJs(env, info.mountpoint), FieldToJs(env, info.name), FieldToJs(env, info.fstype),
                 Napi::Value(ArrayToJs(env, info.devAlias, info.ndevAlias, text)));
}

Napi::Array StructToJs(Napi::Env env, const virDomainIOThreadInfo& info) {
  const auto size = static_cast<size_t>(info.cpumaplen);
  return ArrayOf(env, FieldToJs(env, info.iothread_id),
                 Napi::Value(Napi::Buffer<unsigned char>::Copy(env, info.cpumap, size)));
}

Napi::Array StructToJs(Napi::Env env, const virDomainInterface& interface) {
  const auto address = [env](const virDomainIPAddress& each) { return StructToJs(env, each); };
  return ArrayOf(env, FieldToJs(env, interface.name), FieldToJs(env, interface.hwaddr),
                 Napi::Value(ArrayToJs(env, interface.addrs, interface.naddrs, address)));
}

}  // namespace rxvirt
