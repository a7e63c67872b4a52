// SPDX-License-Identifier: MIT
#include <algorithm>
#include <utility>

#include "addon_data.h"
#include "node/flag_scope.h"

// How AddonData brings the changes that libvirt asked for to the EventImpl.
namespace rxvirt {
namespace {

// By default V8 gives JavaScript 984 KB of stack on the main thread, and more in a worker.
constexpr uintptr_t kDeepStack = 256 * 1024;

}  // namespace

// Delivers events first. With keepalive each message re-arms a timeout too, and the message's event need not
// wait for that change.
void AddonData::Settle() {
  if (is_dispatching_) return;  // DispatchReady() does it for all that are ready
  if (IsStackDeep()) {
    LeaveToLoop();
    return;
  }
  dispatcher.Deliver();
  BringChanges(Unanswered::kCountsAsRefused);
}

void AddonData::SettleUsersCall() {
  if (!IsStackDeep()) BringChanges(Unanswered::kIsBroughtAgain);
  const bool has_changes = owns_bridge() && EventBridge::Instance().HasChanges();
  if (has_changes || dispatcher.ready->size() > 0) LeaveToLoop();
}

void AddonData::LeaveToLoop() {
  if (!std::exchange(is_left_to_loop_, true)) waker->Ref();
  waker->Wake();
}

bool AddonData::IsStackDeep() {
  const auto here = reinterpret_cast<uintptr_t>(__builtin_frame_address(0));
  stack_base_ = std::max(stack_base_, here);
  return stack_base_ - here > kDeepStack;
}

void AddonData::BringChanges(Unanswered unanswered) {
  auto& bridge = EventBridge::Instance();
  // While an EventImpl is told of a change, it can cause further changes. They are brought after that call
  // has returned, never during it.
  if (is_bringing_ || !(unanswered_ || bridge.HasChanges()) || !owns_bridge()) return;
  const Napi::HandleScope scope(env_);
  const FlagScope bringing(&is_bringing_);
  // Brings only the changes that wait now: other threads may cause new ones faster than they are brought.
  for (size_t left = bridge.WaitingChanges() + (unanswered_ ? 1 : 0); left > 0; --left) {
    auto change = std::exchange(unanswered_, std::nullopt);
    if (!change) change = bridge.NextChange();
    if (!change) break;
    const Napi::HandleScope each(env_);
    napi_value accepted = Bring(*change);
    if (accepted == nullptr && unanswered == Unanswered::kIsBroughtAgain) {
      unanswered_ = change;
      break;
    }
    bool is_accepted = false;
    if (accepted != nullptr) napi_get_value_bool(env_, accepted, &is_accepted);
    if (is_accepted) continue;
    if (change->action == SourceChange::Action::kAdd) bridge.Refuse(change->kind, change->id);
    if (change->action == SourceChange::Action::kRemove) bridge.TakeFree(change->kind, change->id);
  }
  {
    const LibvirtScope libvirt(waker.get());
    bridge.RunAskedFor();
    bridge.RunOwnFrees();
  }
  // New changes, and events that RunAskedFor() has caused, wait for the next turn of the loop.
  if (unanswered_ || bridge.WaitingChanges() > 0 || dispatcher.ready->size() > 0) LeaveToLoop();
}

napi_value AddonData::Bring(const SourceChange& change) {
  const bool is_handle = change.kind == SourceKind::kHandle;
  const LoopHooks& hooks = is_handle ? handles : timeouts;
  napi_value id = ToJs(env_, change.id);
  napi_value setting = ToJs(env_, change.setting);
  switch (change.action) {
    case SourceChange::Action::kAdd:
      return is_handle ? hooks.add.Call(env_, {id, ToJs(env_, change.fd), setting})
                       : hooks.add.Call(env_, {id, setting});
    case SourceChange::Action::kUpdate:
      return hooks.update.Call(env_, {id, setting});
    case SourceChange::Action::kRemove:
      return hooks.remove.Call(env_, {id});
  }
  return nullptr;
}

}  // namespace rxvirt
