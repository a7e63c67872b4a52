// SPDX-License-Identifier: MIT
#include "stress_functions.h"

#include "fd_tools.h"
#include "stress.h"

namespace spec {
namespace {

Stress* stress = nullptr;

// Arguments: threads, operations, onEnd.
Napi::Value StartStress(const Napi::CallbackInfo& info) {
  if (stress == nullptr) stress = new Stress;
  auto on_end = Napi::ThreadSafeFunction::New(info.Env(), info[2].As<Napi::Function>(), "stress", 1, 1);
  stress->Start(IntArgument(info, 0), IntArgument(info, 1), [on_end]() mutable {
    on_end.BlockingCall();
    on_end.Release();
  });
  return info.Env().Undefined();
}

// Runs for ever, and doesn't call JavaScript. For specs about the end of a process or worker.
Napi::Value StartEndlessStress(const Napi::CallbackInfo& info) {
  if (stress == nullptr) stress = new Stress;
  stress->Start(IntArgument(info, 0), 0, [] {});
  return info.Env().Undefined();
}

Napi::Value JoinStress(const Napi::CallbackInfo& info) {
  if (stress == nullptr) return info.Env().Undefined();
  stress->Stop();
  stress->Join();
  return info.Env().Undefined();
}

Napi::Value SettleStress(const Napi::CallbackInfo& info) {
  stress->Settle();
  return info.Env().Undefined();
}

Napi::Value RemoveStressed(const Napi::CallbackInfo& info) {
  if (stress != nullptr) stress->RemoveAll();
  return info.Env().Undefined();
}

Napi::Value CloseStressed(const Napi::CallbackInfo& info) {
  if (stress != nullptr) stress->CloseFds();
  return info.Env().Undefined();
}

Napi::Value StressState(const Napi::CallbackInfo& info) {
  const auto& counts = stress->counts();
  auto state = Napi::Object::New(info.Env());
  const auto set = [&state](const char* name, long value) { state[name] = static_cast<double>(value); };
  set("operations", counts.operations);
  set("adds", counts.adds);
  set("refusedAdds", counts.refused_adds);
  set("frees", counts.frees);
  set("callbacks", counts.callbacks);
  set("violations", counts.violations);
  set("late", counts.late);
  return state;
}

// Returns how many sources there are, and how many of them don't get what was wanted last.
Napi::Value StressSettlement(const Napi::CallbackInfo& info) {
  auto settlement = Napi::Object::New(info.Env());
  settlement["live"] = stress->live();
  settlement["unsettled"] = stress->Unsettled();
  return settlement;
}

}  // namespace

void ExportStress(Napi::Env env, Napi::Object exports) {
  Export(env, exports, "startStress", StartStress);
  Export(env, exports, "startEndlessStress", StartEndlessStress);
  Export(env, exports, "joinStress", JoinStress);
  Export(env, exports, "settleStress", SettleStress);
  Export(env, exports, "removeStressed", RemoveStressed);
  Export(env, exports, "closeStressed", CloseStressed);
  Export(env, exports, "stressState", StressState);
  Export(env, exports, "stressSettlement", StressSettlement);
}

}  // namespace spec
