// SPDX-License-Identifier: MIT
// Stands for other code in the same process that registers an event loop with libvirt. The loop only counts
// ids.
#include <libvirt/libvirt.h>
#include <napi.h>

namespace {

int last_watch = 0;
int last_timer = 0;

int AddHandle(int, int, virEventHandleCallback, void*, virFreeCallback) { return ++last_watch; }
void Update(int, int) {}
int Remove(int) { return 0; }
int AddTimeout(int, virEventTimeoutCallback, void*, virFreeCallback) { return ++last_timer; }

Napi::Value Register(const Napi::CallbackInfo& info) {
  virEventRegisterImpl(AddHandle, Update, Remove, AddTimeout, Update, Remove);
  return info.Env().Undefined();
}

}  // namespace

static Napi::Object Init(Napi::Env env, Napi::Object exports) {
  exports.Set("register", Napi::Function::New(env, Register, "register"));
  return exports;
}
NODE_API_MODULE(foreign_loop, Init)
