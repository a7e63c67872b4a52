// SPDX-License-Identifier: MIT
#include "recorded_sources.h"

#include <libvirt/libvirt.h>

#include <atomic>
#include <chrono>
#include <mutex>
#include <string_view>
#include <thread>
#include <vector>

#include "fd_tools.h"

namespace spec {
namespace {

enum Kind : int { kHandle = 0, kTimeout = 1 };

// What a source does once: when it is called back the first time, or when it is freed.
struct Step {
  bool on_free;
  bool removes;
  int target;
  int wanted;
  bool on_thread;
};

// A source is never deleted. So a call that comes too late is recorded, and doesn't crash.
struct Source {
  int index;
  Kind kind;
  std::atomic<int> id{-1};
  std::vector<Step> steps;
  // Held during calls into libvirt. So the records of several threads are in the order of their calls.
  std::mutex calls;
};

struct Entry {
  const char* what;
  int source;
  int bits;
  std::thread::id thread;
  bool is_stack_clean;
};

std::mutex mutex;
auto& sources =
    *new std::vector<Source*>;  // never deleted, so that LeakSanitizer can reach the sources at the end
std::vector<Entry> entries;
// The thread of the loop. Unless NoteLoop() has been called, it is JavaScript's thread.
std::thread::id loop_thread;
std::atomic<bool> has_loop_thread{false};
// Otherwise that thread would make more records than JavaScript can read.
constexpr std::chrono::microseconds kPauseOfLoop{100};
// How many calls into libvirt, and calls from libvirt to this addon, are on this thread's stack.
thread_local int depth = 0;

struct OnStack {
  OnStack() { ++depth; }
  ~OnStack() { --depth; }
};

void Record(const char* what, int source, int bits = 0) {
  const std::lock_guard<std::mutex> lock(mutex);
  entries.push_back({what, source, bits, std::this_thread::get_id(), depth == 0});
}

Source* At(int index) {
  const std::lock_guard<std::mutex> lock(mutex);
  return sources.at(index);
}

// The caller waits for the new thread. So if one of the six functions waited for JavaScript, a call from the
// JavaScript thread would never return.
template <typename Function>
void RunOn(bool on_thread, Function function) {
  if (on_thread) {
    std::thread(function).join();
  } else {
    function();
  }
}

void OnHandle(int watch, int fd, int events, void* opaque);
void OnTimeout(int timer, void* opaque);
void OnFree(void* opaque);

void Add(Source* source, int fd, int wanted) {
  const OnStack on_stack;
  source->id = source->kind == kHandle ? virEventAddHandle(fd, wanted, OnHandle, source, OnFree)
                                       : virEventAddTimeout(wanted, OnTimeout, source, OnFree);
}

void Update(Source* source, int wanted) {
  const std::lock_guard<std::mutex> lock(source->calls);
  Record("update", source->index, wanted);
  {
    const OnStack on_stack;
    source->kind == kHandle ? virEventUpdateHandle(source->id, wanted)
                            : virEventUpdateTimeout(source->id, wanted);
  }
  Record("updated", source->index, wanted);
}

int Remove(Source* source) {
  const std::lock_guard<std::mutex> lock(source->calls);
  Record("remove", source->index);
  int status = -1;
  {
    const OnStack on_stack;
    status = source->kind == kHandle ? virEventRemoveHandle(source->id) : virEventRemoveTimeout(source->id);
  }
  Record("removed", source->index, status);
  return status;
}

void TakeSteps(Source* source, bool on_free) {
  std::vector<Step> steps;
  {
    const std::lock_guard<std::mutex> lock(mutex);
    steps.swap(source->steps);
    for (const Step& step : steps) {
      if (step.on_free != on_free) source->steps.push_back(step);
    }
  }
  for (const Step& step : steps) {
    if (step.on_free != on_free) continue;
    RunOn(step.on_thread,
          [step] { step.removes ? (void)Remove(At(step.target)) : Update(At(step.target), step.wanted); });
  }
}

void OnCallback(Source* source, int bits) {
  Record("callback", source->index, bits);
  if (has_loop_thread) std::this_thread::sleep_for(kPauseOfLoop);
  {
    const OnStack on_stack;
    TakeSteps(source, false);
  }
  Record("returned", source->index, bits);
}

void OnHandle(int, int, int events, void* opaque) { OnCallback(static_cast<Source*>(opaque), events); }
void OnTimeout(int, void* opaque) { OnCallback(static_cast<Source*>(opaque), 0); }
void OnFree(void* opaque) {
  auto* source = static_cast<Source*>(opaque);
  Record("free", source->index);
  const OnStack on_stack;
  TakeSteps(source, true);
}

// Arguments: kind, fd, wanted, onThread. Returns the source's index.
Napi::Value AddSource(const Napi::CallbackInfo& info) {
  auto* source = new Source{};
  {
    const std::lock_guard<std::mutex> lock(mutex);
    source->index = static_cast<int>(sources.size());
    sources.push_back(source);
  }
  source->kind = static_cast<Kind>(IntArgument(info, 0));
  const int fd = IntArgument(info, 1);
  const int wanted = IntArgument(info, 2);
  RunOn(info[3].ToBoolean(), [=] { Add(source, fd, wanted); });
  return Napi::Number::New(info.Env(), source->index);
}

Napi::Value IdOf(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), At(IntArgument(info, 0))->id);
}

// Arguments: source, wanted, onThread.
Napi::Value UpdateSource(const Napi::CallbackInfo& info) {
  auto* source = At(IntArgument(info, 0));
  const int wanted = IntArgument(info, 1);
  RunOn(info[2].ToBoolean(), [=] { Update(source, wanted); });
  return info.Env().Undefined();
}

// Arguments: source, onThread.
Napi::Value RemoveSource(const Napi::CallbackInfo& info) {
  auto* source = At(IntArgument(info, 0));
  int status = -1;
  RunOn(info[1].ToBoolean(), [&] { status = Remove(source); });
  return Napi::Number::New(info.Env(), status);
}

// Arguments: source, onFree, removes, target, wanted, onThread.
Napi::Value AddStep(const Napi::CallbackInfo& info) {
  auto* source = At(IntArgument(info, 0));
  const std::lock_guard<std::mutex> lock(mutex);
  source->steps.push_back({info[1].ToBoolean(), info[2].ToBoolean(), IntArgument(info, 3),
                           IntArgument(info, 4), info[5].ToBoolean()});
  return info.Env().Undefined();
}

// Threads that change sources at the same time, while the loop goes on.
auto& together = *new std::vector<std::thread>;
std::atomic<int> together_running{0};

// Arguments: an array for each thread. It has three numbers for each of the thread's calls: the index of a
// source, 1 to remove the source or 0 to update it, and what is wanted.
Napi::Value StartTogether(const Napi::CallbackInfo& info) {
  const auto threads = info[0].As<Napi::Array>();
  together_running = static_cast<int>(threads.Length());
  for (uint32_t i = 0; i < threads.Length(); ++i) {
    const auto numbers = threads.Get(i).As<Napi::Array>();
    std::vector<int> calls;
    for (uint32_t j = 0; j < numbers.Length(); ++j) calls.push_back(numbers.Get(j).ToNumber().Int32Value());
    together.emplace_back([calls] {
      for (size_t j = 0; j + 2 < calls.size(); j += 3) {
        Source* source = At(calls[j]);
        calls[j + 1] != 0 ? (void)Remove(source) : Update(source, calls[j + 2]);
      }
      --together_running;
    });
  }
  return info.Env().Undefined();
}

// Returns false while one of the threads still runs.
Napi::Value JoinTogether(const Napi::CallbackInfo& info) {
  if (together_running > 0) return Napi::Boolean::New(info.Env(), false);
  for (auto& thread : together) thread.join();
  together.clear();
  return Napi::Boolean::New(info.Env(), true);
}

// Arguments: the index of a source that has been called back. The thread of that callback is the loop's.
Napi::Value NoteLoop(const Napi::CallbackInfo& info) {
  const int source = IntArgument(info, 0);
  const std::lock_guard<std::mutex> lock(mutex);
  for (const Entry& entry : entries) {
    if (entry.source == source && std::string_view(entry.what) == "callback") loop_thread = entry.thread;
  }
  has_loop_thread = loop_thread != std::thread::id{};
  return Napi::Boolean::New(info.Env(), has_loop_thread);
}

// Records that JavaScript runs: what other threads have done before lies behind the loop.
Napi::Value Mark(const Napi::CallbackInfo& info) {
  Record("mark", -1);
  return info.Env().Undefined();
}

// Returns everything that was recorded since the last call.
Napi::Value TakeEntries(const Napi::CallbackInfo& info) {
  std::vector<Entry> taken;
  std::thread::id loop = std::this_thread::get_id();
  {
    const std::lock_guard<std::mutex> lock(mutex);
    taken.swap(entries);
    if (has_loop_thread) loop = loop_thread;
  }
  const Napi::Env env = info.Env();
  auto array = Napi::Array::New(env, taken.size());
  for (size_t i = 0; i < taken.size(); ++i) {
    const Napi::HandleScope scope(env);
    auto entry = Napi::Object::New(env);
    entry["what"] = taken[i].what;
    entry["source"] = taken[i].source;
    entry["bits"] = taken[i].bits;
    entry["isLoopThread"] = taken[i].thread == loop;
    entry["isStackClean"] = taken[i].is_stack_clean;
    array.Set(static_cast<uint32_t>(i), entry);
  }
  return array;
}

}  // namespace

void ExportRecordedSources(Napi::Env env, Napi::Object exports) {
  Export(env, exports, "addSource", AddSource);
  Export(env, exports, "idOf", IdOf);
  Export(env, exports, "updateSource", UpdateSource);
  Export(env, exports, "removeSource", RemoveSource);
  Export(env, exports, "addStep", AddStep);
  Export(env, exports, "startTogether", StartTogether);
  Export(env, exports, "joinTogether", JoinTogether);
  Export(env, exports, "noteLoop", NoteLoop);
  Export(env, exports, "mark", Mark);
  Export(env, exports, "takeEntries", TakeEntries);
}

}  // namespace spec
