// SPDX-License-Identifier: MIT
#include <napi.h>
#include <uv.h>

#include "addon_data.h"
#include "connection.h"
#include "domain.h"
#include "event_functions.h"
#include "event_registration.h"
#include "libvirt_log.h"

namespace rxvirt {
namespace {

Napi::Value SetHooks(const Napi::CallbackInfo& info) {
  return AddonData::Of(info.Env()).SetHooks(info[0].As<Napi::Object>());
}

Napi::Object Init(Napi::Env env, Napi::Object exports) {
  uv_loop_t* loop = nullptr;
  if (napi_get_uv_event_loop(env, &loop) != napi_ok) {
    Napi::Error::New(env, "rxvirt needs an environment with a libuv loop").ThrowAsJavaScriptException();
    return exports;
  }
  env.SetInstanceData(new AddonData(env, loop));
  TakeOverLibvirtLog(AddonData::Of(env).waker);
  exports.Set("setHooks", Napi::Function::New(env, SetHooks, "setHooks"));
  ExportEventFunctions(env, exports);
  ExportConnectionFunctions(env, exports);
  ExportDomainFunctions(env, exports);
  ExportEventRegistration(env, exports);
  return exports;
}

}  // namespace
}  // namespace rxvirt

// The macro needs an unqualified name.
static Napi::Object Init(Napi::Env env, Napi::Object exports) { return rxvirt::Init(env, exports); }
NODE_API_MODULE(rxvirt, Init)
