// SPDX-License-Identifier: MIT
#include "loop/functions.h"

#include <fcntl.h>

#include <cerrno>
#include <memory>
#include <new>
#include <utility>

#include "addon_data.h"
#include "export.h"
#include "library/functions.h"
#include "node/from_c.h"

namespace rxvirt {
namespace {

// The opaque pointer of a handle or timeout that event.addHandle or event.addTimeout has added.
struct JsSource {
  AddonData* data;  // valid only on its own thread, and only while the gate is open
  std::thread::id thread;
  std::shared_ptr<OwnSource> own;
};

void RunJsSource(const JsSource& source, SourceKind kind, int id, int fd, int mask) {
  // Checked before the thread's id: a new thread can get the id of a thread that has ended, and the instance
  // has ended with that thread.
  auto& gate = *source.own->instance();
  if (!gate.open) return;
  if (source.thread == std::this_thread::get_id()) {
    const napi_env env = source.data->env();
    const Napi::HandleScope scope(env);
    source.data->RunJsCallback(kind, id, fd, mask);
    return;
  }
  auto& bridge = EventBridge::Instance();
  const bool is_held = bridge.IsNative() && bridge.IsHomeThread();
  const auto callback =
      std::make_shared<ForeignCallback>(ForeignCallback{kind, id, fd, mask, source.own, is_held});
  std::unique_lock<std::mutex> lock(gate.mutex);
  if (!gate.open) return;
  gate.foreign.push_back(callback);
  gate.waker->Wake();
  if (is_held)
    bridge.Hold(kind, id);  // JavaScript can't end the hold before: it needs the lock first
  else
    gate.changed.wait(lock, [&] { return callback->done || !gate.open; });
}

void OnJsHandle(int watch, int fd, int events, void* opaque) {
  const auto source = *static_cast<JsSource*>(opaque);  // a copy: the callback may remove its own watch
  RunJsSource(source, SourceKind::kHandle, watch, fd, events);
}

void OnJsTimeout(int timer, void* opaque) {
  const auto source = *static_cast<JsSource*>(opaque);
  RunJsSource(source, SourceKind::kTimeout, timer, -1, 0);
}

void FreeJsSource(void* opaque) { delete static_cast<JsSource*>(opaque); }

// Answers with the id, or with a negated errno.
template <typename Add>
Napi::Value AddSource(AddonData& data, SourceKind kind, int setting, Add add) {
  const auto own = std::make_shared<OwnSource>(kind, setting, data.gate);
  auto source = std::make_unique<JsSource>(JsSource{&data, data.thread(), own});
  int id = -1;
  data.InsideUsersCall([&] {
    const OwnerScope scope(data.own_sources);
    id = add(source.get());
  });
  if (id > 0 && data.owns_bridge() && EventBridge::Instance().ForgetIfRefused(kind, id)) id = -1;
  if (id >= 0) {
    (void)source.release();  // libvirt owns it now, and ends it by FreeJsSource
    own->NoteId(id);
  }
  data.KeepAliveForOwnSources();
  return Napi::Number::New(data.env(), id < 0 ? -EINVAL : id);
}

int IntArgument(const Napi::CallbackInfo& info, size_t index) {
  return info[index].As<Napi::Number>().Int32Value();
}

Napi::Value AddHandle(const Napi::CallbackInfo& info) {
  const int fd = IntArgument(info, 0);
  // libvirt's default loop would accept any number, and poll it for ever.
  if (fcntl(fd, F_GETFD) < 0) return Napi::Number::New(info.Env(), -EBADF);
  const int mask = IntArgument(info, 1);
  return AddSource(AddonData::Of(info), SourceKind::kHandle, mask, [&](JsSource* source) {
    return virEventAddHandle(fd, mask, FromC<OnJsHandle>, source, FromC<FreeJsSource>);
  });
}

Napi::Value AddTimeout(const Napi::CallbackInfo& info) {
  const int frequency_ms = IntArgument(info, 0);
  return AddSource(AddonData::Of(info), SourceKind::kTimeout, frequency_ms, [&](JsSource* source) {
    return virEventAddTimeout(frequency_ms, FromC<OnJsTimeout>, source, FromC<FreeJsSource>);
  });
}

template <SourceKind kind, const auto& update>
void UpdateSource(const Napi::CallbackInfo& info) {
  auto& data = AddonData::Of(info);
  const int id = IntArgument(info, 0);
  const int setting = IntArgument(info, 1);
  const auto tell = [&] { update(id, setting); };
  const auto own = OwnSource::Find(kind, id);
  data.InsideUsersCall([&] { own == nullptr ? tell() : own->Set(setting, tell); });
  data.KeepAliveForOwnSources();
}

// Lets the instance that has added a source forget the function for its callback.
void TellRemoved(const std::shared_ptr<OwnSource>& own, SourceKind kind, int id) {
  auto& gate = *own->instance();
  try {
    const auto callback = std::make_shared<ForeignCallback>(ForeignCallback{kind, id, -1, 0, own});
    const std::lock_guard<std::mutex> lock(gate.mutex);
    if (!gate.open) return;
    gate.foreign.push_back(callback);
  } catch (const std::bad_alloc&) {
    return;  // the function stays in memory, but is not called
  }
  gate.waker->Wake();
}

template <SourceKind kind, const auto& remove>
Napi::Value RemoveSource(const Napi::CallbackInfo& info) {
  int status = -1;
  auto& data = AddonData::Of(info);
  const int id = IntArgument(info, 0);
  const auto tell = [&] { status = remove(id); };
  const auto own = OwnSource::Find(kind, id);
  data.InsideUsersCall([&] { own == nullptr ? tell() : own->Remove(tell); });
  if (own != nullptr && own->instance() != data.gate) TellRemoved(own, kind, id);
  data.KeepAliveForOwnSources();
  return Napi::Number::New(info.Env(), status);
}

// The callback that the EventImpl gets for a handle: (watch, fd, events, opaque). The opaque is the bridge's
// id. The implementation's own id and its fd are not needed. Uses raw Node-API, because this runs for every
// dispatch.
napi_value RunHandle(napi_env env, napi_callback_info info) {
  size_t count = 4;
  napi_value arguments[4];
  void* data = nullptr;
  int32_t mask = 0;
  int32_t id = 0;
  if (napi_get_cb_info(env, info, &count, arguments, nullptr, &data) != napi_ok || count < 4) return nullptr;
  if (napi_get_value_int32(env, arguments[2], &mask) != napi_ok) return nullptr;
  if (napi_get_value_int32(env, arguments[3], &id) != napi_ok) return nullptr;
  auto* self = static_cast<AddonData*>(data);
  // An instance that has given up the loop no longer owns the id.
  if (!self->owns_bridge()) return nullptr;
  self->Inside([&] { EventBridge::Instance().RunHandle(id, mask, self->reading_budget); });
  return nullptr;
}

// (timer, opaque)
napi_value RunTimeout(napi_env env, napi_callback_info info) {
  size_t count = 2;
  napi_value arguments[2];
  void* data = nullptr;
  int32_t id = 0;
  if (napi_get_cb_info(env, info, &count, arguments, nullptr, &data) != napi_ok || count < 2) return nullptr;
  if (napi_get_value_int32(env, arguments[1], &id) != napi_ok) return nullptr;
  auto* self = static_cast<AddonData*>(data);
  if (!self->owns_bridge()) return nullptr;
  self->Inside([&] { EventBridge::Instance().RunTimeout(id); });
  return nullptr;
}

// The free callbacks that the EventImpl gets: (opaque). Returns false when there was nothing to free.
template <SourceKind kind>
Napi::Value FreeSource(const Napi::CallbackInfo& info) {
  bool freed = false;
  const int id = IntArgument(info, 0);
  auto& data = AddonData::Of(info);
  if (data.owns_bridge()) data.Inside([&] { freed = EventBridge::Instance().RunFree(kind, id); });
  return Napi::Boolean::New(info.Env(), freed);
}

Napi::Value PollFd(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(),
                           AddonData::Of(info).poller.Add(IntArgument(info, 0), IntArgument(info, 1)));
}

Napi::Value PreparePoller(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), AddonData::Of(info).poller.Prepare());
}

void UnpollFd(const Napi::CallbackInfo& info) { AddonData::Of(info).poller.Remove(IntArgument(info, 0)); }

Napi::Value BridgeCounts(const Napi::CallbackInfo& info) {
  const auto counts = EventBridge::Instance().counts();
  auto object = Napi::Object::New(info.Env());
  object["adds"] = static_cast<double>(counts.adds);
  object["frees"] = static_cast<double>(counts.frees);
  object["watches"] = static_cast<double>(counts.watches);
  object["timeouts"] = static_cast<double>(counts.timeouts);
  return object;
}

template <auto function>
void ExportRaw(AddonData& data, Napi::Object exports, const char* name) {
  napi_value value = nullptr;
  napi_create_function(data.env(), name, NAPI_AUTO_LENGTH, FromC<function>, &data, &value);
  exports.Set(name, value);
}

}  // namespace

void ExportLoopFunctions(AddonData& data, Napi::Object exports) {
  Export<AddHandle>(data, exports, "addHandle");
  Export<UpdateSource<SourceKind::kHandle, virEventUpdateHandle>>(data, exports, "updateHandle");
  Export<RemoveSource<SourceKind::kHandle, virEventRemoveHandle>>(data, exports, "removeHandle");
  Export<AddTimeout>(data, exports, "addTimeout");
  Export<UpdateSource<SourceKind::kTimeout, virEventUpdateTimeout>>(data, exports, "updateTimeout");
  Export<RemoveSource<SourceKind::kTimeout, virEventRemoveTimeout>>(data, exports, "removeTimeout");
  Export<FreeSource<SourceKind::kHandle>>(data, exports, "freeHandle");
  Export<FreeSource<SourceKind::kTimeout>>(data, exports, "freeTimeout");
  Export<PreparePoller>(data, exports, "preparePoller");
  Export<PollFd>(data, exports, "pollFd");
  Export<UnpollFd>(data, exports, "unpollFd");
  Export<BridgeCounts>(data, exports, "bridgeCounts");
  ExportRaw<RunHandle>(data, exports, "runHandle");
  ExportRaw<RunTimeout>(data, exports, "runTimeout");
}

}  // namespace rxvirt
