// SPDX-License-Identifier: MIT
#include <utility>

#include "loop/bridge.h"

// The changes that the home thread brings to the EventImpl.
namespace rxvirt {

size_t EventBridge::WaitingChanges() {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (changes_.empty()) changed_ = wake_sent_ = false;
  return changes_.size();
}

std::optional<SourceChange> EventBridge::NextChange() {
  const std::lock_guard<std::mutex> lock(mutex_);
  using Action = SourceChange::Action;
  while (!changes_.empty()) {
    const SourceKey key = changes_.front();
    Source* source = Find(key.kind, key.id);
    if (source == nullptr) {
      changes_.pop_front();
      continue;
    }
    source->place.splice(source->place.end(), changes_, changes_.begin());
    const int setting = source->Effective(key.kind);
    const auto change = [&](Action action) {
      return SourceChange{action, key.kind, key.id, source->fd, setting};
    };
    const bool is_loops = source->known && !source->refused;
    if (source->removed) {
      source->token = 0;
      source->is_freeable = true;
      if (is_loops) return change(Action::kRemove);
      own_frees_.splice(own_frees_.end(), source->place);
    } else if (!source->IsServed()) {
      // Stays in the table, unknown to the loop, until libvirt removes it.
      source->known = false;
      source->token = 0;
      if (is_loops) return change(Action::kRemove);
    } else if (!source->known) {
      source->known = true;
      source->NoteApplied(setting);
      if (setting < 0) AskForRun(source);
      return change(Action::kAdd);
    } else if (!source->refused) {
      // A timeout that nobody has changed may be in the list too. Its period then continues.
      const bool is_changed = key.kind == SourceKind::kHandle || source->updated || source->rearmed_ns != 0;
      const bool rearms = key.kind == SourceKind::kTimeout && setting >= 0;
      const bool differs = setting != source->applied;
      if (!is_changed) continue;
      source->NoteApplied(setting);
      if (differs || rearms) return change(Action::kUpdate);
    }
  }
  changed_ = false;
  wake_sent_ = false;
  return std::nullopt;
}

// A change that waits, or is being brought, takes the mask that holds when the home sets it.
bool EventBridge::SetMaskHere(Source* source) {
  if (source->token == 0 || source->place.empty()) return false;
  const int mask = source->Effective(SourceKind::kHandle);
  if (mask != source->applied && !poller_->SetMask(source->token, mask)) return false;
  source->NoteApplied(mask);
  return true;
}

bool EventBridge::SetMask(int id) {
  const std::lock_guard<std::mutex> lock(mutex_);
  Source* source = Find(SourceKind::kHandle, id);
  if (source == nullptr || source->token == 0) return false;
  const int mask = source->Effective(SourceKind::kHandle);
  if (!poller_->SetMask(source->token, mask)) return false;
  source->NoteApplied(mask);
  return true;
}

int EventBridge::TakeMask(int id) {
  const std::lock_guard<std::mutex> lock(mutex_);
  Source* source = Find(SourceKind::kHandle, id);
  if (source == nullptr) return 0;
  source->token = 0;
  const int mask = source->Effective(SourceKind::kHandle);
  source->NoteApplied(mask);
  return mask;
}

void EventBridge::NoteToken(int id, int token) {
  const std::lock_guard<std::mutex> lock(mutex_);
  Source* source = Find(SourceKind::kHandle, id);
  if (source != nullptr && source->known && !source->removed) source->token = token;
}

void EventBridge::Refuse(SourceKind kind, int id) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (Source* source = Find(kind, id)) source->refused = true;
}

bool EventBridge::ForgetIfRefused(SourceKind kind, int id) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const Source* source = Find(kind, id);
  if (source == nullptr || !source->refused) return false;
  if (!source->removed) NoteActive(kind, *source, -1);
  Erase(kind, id);
  --counts_.adds;
  return true;
}

}  // namespace rxvirt
