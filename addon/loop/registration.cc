// SPDX-License-Identifier: MIT
#include "loop/registration.h"

#include <memory>
#include <mutex>

#include "addon_data.h"
#include "calls/async_call.h"
#include "export.h"
#include "library/functions.h"
#include "loop/libvirt_code.h"
#include "loop/native_loop.h"
#include "node/from_c.h"
#include "node/never_destroyed.h"

namespace rxvirt {
namespace {

// Which loop libvirt has; lib/native/addon.ts names the numbers.
enum class LoopState : int {
  kNone = 0,
  kOurs = 1,
  kDefault = 2,
  kForeign = 3,
  kOtherThread = 4,
  kEnded = 5,
  kOtherCopy = 6,
  kOtherInstall = 7,
  kNative = 8,
};

// libvirt keeps its registration for the life of the process. So there is one state for the process too.
std::mutex loop_mutex;
LoopState loop_state = LoopState::kNone;

void IgnoreTimeout(int, void*) {}

// libvirt doesn't tell whether a loop is registered. It ignores a second registration, except for a line in
// its log. But a silent timeout can be added exactly when a loop is registered.
bool IsAnyLoopRegistered() {
  virInitialize();  // must come before any use of libvirt's errors
  const int timer = virEventAddTimeout(-1, FromC<IgnoreTimeout>, nullptr, nullptr);
  if (timer < 0) {
    virResetLastError();
    return false;
  }
  virEventRemoveTimeout(timer);
  return true;
}

// The state as this instance sees it. Call it with the mutex locked.
LoopState CurrentLoop(AddonData& data) {
  if (loop_state == LoopState::kNone) {
    if (!IsAnyLoopRegistered()) return LoopState::kNone;
    return IsAddonInstalledTwice() ? LoopState::kOtherInstall : LoopState::kForeign;
  }
  if (loop_state != LoopState::kOurs) return loop_state;
  if (data.owns_bridge()) return LoopState::kOurs;
  const auto& bridge = EventBridge::Instance();
  if (bridge.ended()) return LoopState::kEnded;
  return bridge.IsHomeThread() ? LoopState::kOtherCopy : LoopState::kOtherThread;
}

Napi::Value GetLoopState(const Napi::CallbackInfo& info) {
  const std::lock_guard<std::mutex> lock(loop_mutex);
  return Napi::Number::New(info.Env(), static_cast<int>(CurrentLoop(AddonData::Of(info))));
}

// Returns the state that was found. Registers our loop only if that is kNone or kEnded.
Napi::Value RegisterLoop(const Napi::CallbackInfo& info) {
  auto& data = AddonData::Of(info);
  const std::lock_guard<std::mutex> lock(loop_mutex);
  const LoopState found = CurrentLoop(data);
  if (found == LoopState::kNone || found == LoopState::kEnded) {
    EventBridge::Instance().Register(data.waker);
    loop_state = LoopState::kOurs;
  }
  return Napi::Number::New(info.Env(), static_cast<int>(found));
}

// Returns the state that was found, or a negated errno. Starts the native loop only if that is kNone or
// kEnded.
Napi::Value RegisterNativeLoop(const Napi::CallbackInfo& info) {
  const std::lock_guard<std::mutex> lock(loop_mutex);
  const LoopState found = CurrentLoop(AddonData::Of(info));
  int answer = static_cast<int>(found);
  if (found == LoopState::kNone || found == LoopState::kEnded) {
    const int status = NativeLoop::Start();
    if (status == 0)
      loop_state = LoopState::kNative;
    else
      answer = status;
  }
  return Napi::Number::New(info.Env(), answer);
}

Napi::Value GiveUpLoop(const Napi::CallbackInfo& info) {
  const std::lock_guard<std::mutex> lock(loop_mutex);
  return Napi::Boolean::New(info.Env(), AddonData::Of(info).GiveUpLoop());
}

// Returns the state that was found. Registers libvirt's default loop only if that is kNone.
Napi::Value RegisterDefaultLoop(const Napi::CallbackInfo& info) {
  const std::lock_guard<std::mutex> lock(loop_mutex);
  const LoopState found = CurrentLoop(AddonData::Of(info));
  if (found == LoopState::kNone && virEventRegisterDefaultImpl() == 0) loop_state = LoopState::kDefault;
  return Napi::Number::New(info.Env(), static_cast<int>(found));
}

Napi::Value RunDefaultLoop(const Napi::CallbackInfo& info) {
  static const char* const kCall = "virEventRunDefaultImpl";
  auto& data = AddonData::Of(info);
  return PostCall<int>(
      data, data.default_loop, nullptr, KeepAlive::kNo,
      [gate = data.gate]() -> CallResult<int> {
        static NeverDestroyed<std::mutex> iterating;  // other instances iterate too; only one may at once
        const std::lock_guard<std::mutex> lock(*iterating);
        if (!gate->open) return 0;  // the instance has ended while this waited
        if (virEventRunDefaultImpl() < 0) return VirError::Last(kCall);
        return 0;
      },
      [](Napi::Env env, int&) { return env.Undefined(); });
}

}  // namespace

void ExportLoopRegistration(AddonData& data, Napi::Object exports) {
  Export<GetLoopState>(data, exports, "loopState");
  Export<RegisterLoop>(data, exports, "registerLoop");
  Export<RegisterNativeLoop>(data, exports, "registerNativeLoop");
  Export<GiveUpLoop>(data, exports, "giveUpLoop");
  Export<RegisterDefaultLoop>(data, exports, "registerDefaultLoop");
  Export<RunDefaultLoop>(data, exports, "runDefaultLoop");
}

}  // namespace rxvirt
