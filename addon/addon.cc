// SPDX-License-Identifier: MIT
#include <napi.h>
#include <uv.h>

#include <memory>
#include <vector>

#include "addon_data.h"
#include "calls/catch_up.h"
#include "calls/connection.h"
#include "calls/gauges.h"
#include "calls/local_file.h"
#include "calls/open_auth.h"
#include "calls/stream_events.h"
#include "calls/table.h"
#include "events/registration.h"
#include "library/functions.h"
#include "libvirt_log.h"
#include "libvirt_version.h"
#include "loop/functions.h"
#include "loop/libvirt_code.h"
#include "loop/registration.h"

namespace rxvirt {
namespace {

using Instances = std::vector<std::unique_ptr<AddonData>>;

// (hooks): makes a new instance and returns its functions.
Napi::Value Attach(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  uv_loop_t* loop = nullptr;
  if (napi_get_uv_event_loop(env, &loop) != napi_ok) {
    throw Napi::Error::New(env, "rxvirt needs an environment with a libuv loop");
  }
  if (const auto problem = libvirt.Open()) throw Napi::Error::New(env, *problem);
  // It looks libvirt's code up the first time. That may wait for the system's loader, so it is done now and
  // not while the bridge is locked.
  (void)IsLibvirtCode(nullptr);
  auto& instances = *env.GetInstanceData<Instances>();
  instances.push_back(std::make_unique<AddonData>(env, loop, info[0].As<Napi::Object>()));
  auto& data = *instances.back();
  TakeOverLibvirtLog(data.waker);
  auto functions = Napi::Object::New(env);
  functions["readyBuffer"] = data.ready_buffer();
  ExportLoopRegistration(data, functions);
  ExportLoopFunctions(data, functions);
  ExportConnectionFunctions(data, functions);
  ExportCatchUp(data, functions);
  ExportCalls(data, functions);
  ExportGauges(data, functions);
  ExportAuth(data, functions);
  ExportStreamEvents(data, functions);
  ExportLocalFiles(data, functions);
  ExportEventRegistration(data, functions);
  return functions;
}

// Opens libvirt's client library. Call it before attach(). Returns { version, problem }. `version` is the
// library's version, or 0 when it is unknown; it may differ from the version of the headers. `problem` says
// why the library can't be used, or is null.
Napi::Value OpenLibvirt(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const auto problem = libvirt.Open();
  unsigned long version = 0;
  if (virGetVersion.is_found()) virGetVersion(&version, nullptr, nullptr);
  auto result = Napi::Object::New(env);
  result["version"] = static_cast<double>(version);
  result["problem"] = Napi::Value(env, ToJs(env, problem));
  return result;
}

Napi::Object Init(Napi::Env env, Napi::Object exports) {
  env.SetInstanceData(new Instances);
  exports.Set("attach", Napi::Function::New<Attach>(env, "attach"));
  exports.Set("openLibvirt", Napi::Function::New<OpenLibvirt>(env, "openLibvirt"));
  return exports;
}

}  // namespace
}  // namespace rxvirt

// The macro needs an unqualified name.
static Napi::Object Init(Napi::Env env, Napi::Object exports) { return rxvirt::Init(env, exports); }
NODE_API_MODULE(rxvirt, Init)
