// SPDX-License-Identifier: MIT
// How the bridge notices the end of a connection, and tells it.
#include <algorithm>
#include <utility>

#include "loop/bridge.h"
#include "loop/reading_to_end.h"
#include "node/now_ms.h"

namespace rxvirt {

// A hang-up shows nothing of the time before it: the loop may have been blocked, and another daemon may run
// by now.
void EventBridge::NoteReady(SourceOwner& owner, int fd, int ready) {
  owner.received.NoteUnread(UnreadBytes(fd));
  if ((ready & VIR_EVENT_HANDLE_HANGUP) != 0) owner.has_hung_up = true;
}

std::optional<ReceivedUntil::Question> EventBridge::Ask(SourceOwner& owner) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (!owner.received.is_behind() || owner.is_paused) return std::nullopt;
  for (const SourceKey& key : owner.sources) {
    const Source* source = FindReader(key);
    if (source != nullptr && Look(source->fd, POLLIN | POLLRDHUP) != 0) return std::nullopt;
  }
  return owner.received.Ask(NowMs());
}

void EventBridge::NoteAnswer(SourceOwner& owner, const ReceivedUntil::Question& question) {
  const std::lock_guard<std::mutex> lock(mutex_);
  owner.received.NoteAnswer(question);
}

bool EventBridge::HasDue(const SourceOwner& owner) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  for (const SourceKey& key : owner.sources) {
    const Source* source = Find(key.kind, key.id);
    if (source != nullptr && source->IsDue(key.kind)) return true;
  }
  return false;
}

void EventBridge::NoteFewSince(SourceOwner& owner, const ReceivedUntil::Question& question) {
  const std::lock_guard<std::mutex> lock(mutex_);
  owner.received.NoteFewSince(question);
}

bool EventBridge::DelaysKeepAlive(SourceOwner& owner, bool was_paused) {
  int unread = SourceOwner::kNotEnded;
  for (const SourceKey& key : owner.sources) {
    const Source* source = FindReader(key);
    if (source != nullptr && Look(source->fd, POLLRDHUP) != 0)
      unread = std::max(unread, 0) + UnreadBytes(source->fd);
  }
  const int before = std::exchange(owner.unread_at_tick, unread);
  return unread != SourceOwner::kNotEnded && (was_paused || unread != before);
}

void EventBridge::TellEnd(SourceOwner& owner, EndNews news) {
  std::shared_ptr<LoopWaker> waker;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    // The client was told only to read, and failed where the data ended.
    if (news.reason == VIR_CONNECT_CLOSE_REASON_ERROR && owner.has_hung_up)
      news.reason = VIR_CONNECT_CLOSE_REASON_EOF;
    news.read_until_ms = owner.has_socket ? owner.received.ms() : 0;
    owner.end_news = news;
    for (const SourceKey& key : owner.sources) {
      Source* source = Find(key.kind, key.id);
      if (source == nullptr || !source->IsDue(key.kind)) continue;
      source->delays_end = true;
      // The EventImpl isn't asked: it may fail, and the end has to be told.
      AskForRun(source);
      if (MarkChanged(source)) waker = waker_;
    }
    news = TakeEnd(owner);
  }
  if (waker) waker->Wake();
  news.Tell();
}

EndNews EventBridge::EndDelay(Source* source) {
  if (!source->delays_end) return {};
  source->delays_end = false;
  return TakeEnd(*source->owner);
}

EndNews EventBridge::TakeEnd(SourceOwner& owner) {
  for (const SourceKey& key : owner.sources) {
    const Source* source = Find(key.kind, key.id);
    if (source != nullptr && source->delays_end) return {};
  }
  return std::exchange(owner.end_news, {});
}

}  // namespace rxvirt
