// SPDX-License-Identifier: MIT
#include "id_cycles.h"

#include <libvirt/libvirt.h>

#include <atomic>
#include <thread>

#include "fd_tools.h"

namespace spec {
namespace {

struct Ids {
  int first = 0;
  int last = 0;
  int gaps = 0;  // how many times the next id was not the last id + 1
  int refused = 0;

  void Note(int id) {
    if (id <= 0) {
      ++refused;
    } else {
      if (first == 0) first = id;
      if (last != 0 && id != last + 1) ++gaps;
      last = id;
    }
  }
};

Ids handle_ids;
Ids timeout_ids;
int failed_removals = 0;
std::atomic<bool> has_ended{true};
std::atomic<int> frees{0};
std::thread thread;

void OnHandle(int, int, int, void*) {}
void OnTimeout(int, void*) {}
void OnFree(void*) { ++frees; }

void RunCycles(int fd, int cycles) {
  for (int i = 0; i < cycles; ++i) {
    const int watch = virEventAddHandle(fd, VIR_EVENT_HANDLE_READABLE, OnHandle, nullptr, OnFree);
    handle_ids.Note(watch);
    virEventUpdateHandle(watch, VIR_EVENT_HANDLE_WRITABLE);
    if (virEventRemoveHandle(watch) != 0) ++failed_removals;
    const int timer = virEventAddTimeout(0, OnTimeout, nullptr, OnFree);
    timeout_ids.Note(timer);
    virEventUpdateTimeout(timer, 1000);
    if (virEventRemoveTimeout(timer) != 0) ++failed_removals;
  }
  has_ended = true;
}

// Arguments: fd, cycles.
Napi::Value StartCycles(const Napi::CallbackInfo& info) {
  handle_ids = {};
  timeout_ids = {};
  failed_removals = 0;
  frees = 0;
  has_ended = false;
  thread = std::thread(RunCycles, IntArgument(info, 0), IntArgument(info, 1));
  return info.Env().Undefined();
}

Napi::Value HaveCyclesEnded(const Napi::CallbackInfo& info) {
  return Napi::Boolean::New(info.Env(), has_ended);
}

Napi::Object ToJs(Napi::Env env, const Ids& ids) {
  auto object = Napi::Object::New(env);
  object["first"] = ids.first;
  object["last"] = ids.last;
  object["gaps"] = ids.gaps;
  object["refused"] = ids.refused;
  return object;
}

Napi::Value JoinCycles(const Napi::CallbackInfo& info) {
  thread.join();
  auto result = Napi::Object::New(info.Env());
  result["handles"] = ToJs(info.Env(), handle_ids);
  result["timeouts"] = ToJs(info.Env(), timeout_ids);
  result["failedRemovals"] = failed_removals;
  return result;
}

Napi::Value CycleFrees(const Napi::CallbackInfo& info) { return Napi::Number::New(info.Env(), frees); }

}  // namespace

void ExportIdCycles(Napi::Env env, Napi::Object exports) {
  Export(env, exports, "startCycles", StartCycles);
  Export(env, exports, "haveCyclesEnded", HaveCyclesEnded);
  Export(env, exports, "joinCycles", JoinCycles);
  Export(env, exports, "cycleFrees", CycleFrees);
}

}  // namespace spec
