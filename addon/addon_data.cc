// SPDX-License-Identifier: MIT
#include "addon_data.h"

#include <algorithm>

#include "async_scope.h"
#include "connection.h"
#include "libvirt_log.h"

namespace rxvirt {
namespace {

constexpr size_t kReadyCapacity = 1024;  // watchers for each entry into JavaScript
constexpr size_t kNumbersCapacity = 16384;

napi_value TextToJs(napi_env env, const std::optional<std::string>& text) {
  napi_value value = nullptr;
  // Invalid UTF-8 becomes U+FFFD: names and reasons can come from a guest.
  text ? napi_create_string_utf8(env, text->data(), text->size(), &value) : napi_get_null(env, &value);
  return value;
}

template <typename Texts>
napi_value ToJsArray(napi_env env, const Texts& texts) {
  napi_value array = nullptr;
  napi_create_array_with_length(env, texts.size(), &array);
  uint32_t index = 0;
  for (const auto& text : texts) napi_set_element(env, array, index++, TextToJs(env, text));
  return array;
}

}  // namespace

AddonData::AddonData(Napi::Env env, uv_loop_t* loop)
    : waker(std::make_shared<LoopWaker>(loop, [this] { OnWake(); })),
      calls(std::make_shared<CallThreads>(waker)),
      events(std::make_shared<EventBatch>(waker, std::this_thread::get_id())),
      gate(std::make_shared<EnvironmentGate>()),
      poller(
          loop,
          [this] {
            const AsyncScope scope(env_, async_context_);
            poller.Drain();
          },
          [this](const std::vector<FdPoller::Ready>& ready) { DispatchReady(ready); }),
      env_(env),
      loop_(loop),
      thread_(std::this_thread::get_id()) {
  napi_async_init(env, Napi::Object::New(env), Napi::String::New(env, "rxvirt"), &async_context_);
  napi_add_async_cleanup_hook(env, OnEnvironmentEnd, this, nullptr);
}

AddonData::~AddonData() = default;

Napi::Int32Array AddonData::SetHooks(const Napi::Object& hooks) {
  const auto hook = [&hooks](const char* name) { return hooks.Get(name).As<Napi::Function>(); };
  is_main_thread = hooks.Get("isMainThread").ToBoolean();
  on_ready.Set(hook("onReady"));
  on_change.Set(hook("onChange"));
  on_events.Set(hook("onEvents"));
  on_source.Set(hook("onSource"));
  on_log.Set(hook("onLog"));
  make_error.Set(hook("makeError"));
  auto buffer = Napi::Int32Array::New(env_, 2 * kReadyCapacity);
  ready_buffer_ = Napi::Persistent(buffer);
  ready_ = buffer.Data();
  return buffer;
}

void AddonData::OnEnvironmentEnd(napi_async_cleanup_hook_handle hook, void* data) {
  auto* self = static_cast<AddonData*>(data);
  if (self->owns_bridge) EventBridge::Instance().End();
  {
    const std::lock_guard<std::mutex> lock(self->gate->mutex);
    self->gate->open = false;
  }
  self->gate->changed.notify_all();
  self->calls->End();
  // A process that ends takes its sockets with it; a worker's connections would stay open for ever.
  if (!self->is_main_thread) {
    for (const auto& connection : self->connections) CloseOnReaper(connection);
  }
  self->poller.End();
  self->waker->End();
  // libuv runs the close callbacks of one turn together, so when this handle's has come, so have ours, and
  // Node.js may go on to free the environment and the loop.
  auto* last = new uv_idle_t{};
  uv_idle_init(self->loop_, last);
  last->data = hook;
  uv_close(reinterpret_cast<uv_handle_t*>(last), [](uv_handle_t* closed) {
    napi_remove_async_cleanup_hook(static_cast<napi_async_cleanup_hook_handle>(closed->data));
    delete reinterpret_cast<uv_idle_t*>(closed);
  });
}

void AddonData::OnWake() {
  const AsyncScope scope(env_, async_context_);
  RunForeignCallbacks();
  Settle(true);
  SettleCalls();
  HandOnLog();
}

void AddonData::Settle(bool is_new_turn) {
  BringChanges();
  // A backlog goes on in later turns only, so that it can't keep the loop for itself.
  const bool may_deliver = !is_delivering_ && (is_new_turn || !has_backlog_);
  if (may_deliver && !events->empty()) DeliverEvents();
}

void AddonData::BringChanges() {
  auto& bridge = EventBridge::Instance();
  // What an EventImpl causes while it is told of a change comes after that change, never in its midst.
  if (!owns_bridge || is_bringing_ || !bridge.HasChanges()) return;
  const Napi::HandleScope scope(env_);
  is_bringing_ = true;
  // As many as wait by now: other threads may cause new ones faster than they are brought.
  for (size_t left = bridge.WaitingChanges(); left > 0; --left) {
    const auto change = bridge.NextChange();
    if (!change) break;
    const Napi::HandleScope each(env_);
    napi_value accepted = on_change.Call(
        env_, {ToJs(env_, static_cast<int>(change->action)), ToJs(env_, static_cast<int>(change->kind)),
               ToJs(env_, change->id), ToJs(env_, change->fd), ToJs(env_, change->wanted)});
    bool is_accepted = false;
    if (accepted != nullptr) napi_get_value_bool(env_, accepted, &is_accepted);
    if (is_accepted) continue;
    if (change->action == SourceChange::Action::kAdd) bridge.Refuse(change->kind, change->id);
    if (change->action == SourceChange::Action::kRemove) bridge.TakeFree(change->kind, change->id);
  }
  {
    const LibvirtScope libvirt;
    bridge.RunFirsts();
    bridge.RunOwnFrees();
  }
  is_bringing_ = false;
  if (bridge.WaitingChanges() > 0) waker->Wake();
}

void AddonData::DeliverEvents() {
  if (!events->Take(&slice_)) return;
  const Napi::HandleScope scope(env_);
  if (numbers_buffer_.IsEmpty() || numbers_buffer_.Value().ElementLength() < slice_.numbers.size()) {
    numbers_buffer_ =
        Napi::Persistent(Napi::Float64Array::New(env_, std::max(kNumbersCapacity, slice_.numbers.size())));
  }
  auto numbers = numbers_buffer_.Value();
  std::copy(slice_.numbers.begin(), slice_.numbers.end(), numbers.Data());
  napi_value resets = nullptr;
  napi_get_boolean(env_, slice_.resets_identities, &resets);
  is_delivering_ = true;
  on_events.Call(env_, {ToJs(env_, slice_.events), numbers, ToJsArray(env_, slice_.strings),
                        ToJsArray(env_, slice_.identities), resets});
  is_delivering_ = false;

  const bool has_more = !events->empty();
  if (has_more != has_backlog_) {
    has_backlog_ = has_more;
    poller.SetPaused(has_more);
  }
  if (has_more) waker->Wake();
}

void AddonData::DispatchReady(const std::vector<FdPoller::Ready>& ready) {
  if (ready_ == nullptr) return;
  for (size_t from = 0; from < ready.size(); from += kReadyCapacity) {
    const Napi::HandleScope scope(env_);
    const size_t count = std::min(kReadyCapacity, ready.size() - from);
    for (size_t i = 0; i < count; ++i) {
      ready_[2 * i] = ready[from + i].token;
      ready_[2 * i + 1] = ready[from + i].bits;
    }
    on_ready.Call(env_, {ToJs(env_, static_cast<int>(count))});
  }
}

void AddonData::RunForeignCallbacks() {
  for (;;) {
    ForeignCallback* callback = nullptr;
    {
      const std::lock_guard<std::mutex> lock(gate->mutex);
      if (gate->foreign.empty()) return;
      callback = gate->foreign.front();
      gate->foreign.pop_front();
    }
    on_source.Call(env_, {ToJs(env_, static_cast<int>(callback->kind)), ToJs(env_, callback->id),
                          ToJs(env_, callback->fd), ToJs(env_, callback->bits)});
    {
      const std::lock_guard<std::mutex> lock(gate->mutex);
      callback->done = true;
    }
    gate->changed.notify_all();
  }
}

void AddonData::HandOnLog() {
  for (const auto& line : TakeLibvirtLog(waker)) {
    const Napi::HandleScope scope(env_);
    on_log.Call(env_, {TextToJs(env_, line)});
  }
}

void AddonData::SettleCalls() {
  for (auto& call : calls->TakeDone()) {
    const Napi::HandleScope scope(env_);
    call->Settle();
  }
}

}  // namespace rxvirt
