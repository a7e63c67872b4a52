// SPDX-License-Identifier: MIT
#include <napi.h>
#include <uv.h>

#include <memory>
#include <vector>

#include "addon_data.h"
#include "calls/connection.h"
#include "calls/domain.h"
#include "events/registration.h"
#include "libvirt_log.h"
#include "libvirt_version.h"
#include "loop/functions.h"
#include "loop/registration.h"

namespace rxvirt {
namespace {

using Instances = std::vector<std::unique_ptr<AddonData>>;

// (hooks): the functions of a new instance
Napi::Value Attach(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  uv_loop_t* loop = nullptr;
  if (napi_get_uv_event_loop(env, &loop) != napi_ok) {
    throw Napi::Error::New(env, "rxvirt needs an environment with a libuv loop");
  }
  auto& instances = *env.GetInstanceData<Instances>();
  instances.push_back(std::make_unique<AddonData>(env, loop, info[0].As<Napi::Object>()));
  auto& data = *instances.back();
  TakeOverLibvirtLog(data.waker);
  auto functions = Napi::Object::New(env);
  functions["readyBuffer"] = data.ready_buffer();
  ExportLoopRegistration(data, functions);
  ExportEventFunctions(data, functions);
  ExportConnectionFunctions(data, functions);
  ExportDomainFunctions(data, functions);
  ExportEventRegistration(data, functions);
  return functions;
}

// Of the library, which may be another one than that of the headers.
Napi::Value LibvirtVersion(const Napi::CallbackInfo& info) {
  unsigned long version = 0;
  virGetVersion(&version, nullptr, nullptr);
  return Napi::Number::New(info.Env(), static_cast<double>(version));
}

Napi::Object Init(Napi::Env env, Napi::Object exports) {
  env.SetInstanceData(new Instances);
  exports.Set("attach", Napi::Function::New<Attach>(env, "attach"));
  exports.Set("libvirtVersion", Napi::Function::New<LibvirtVersion>(env, "libvirtVersion"));
  return exports;
}

}  // namespace
}  // namespace rxvirt

// The macro needs an unqualified name.
static Napi::Object Init(Napi::Env env, Napi::Object exports) { return rxvirt::Init(env, exports); }
NODE_API_MODULE(rxvirt, Init)
