// SPDX-License-Identifier: MIT
#include "loop/native_loop.h"

#include <cerrno>

#include "node/from_c.h"

namespace rxvirt {
namespace {

// How often a regular file counts as ready, and a watch without memory is tried again.
constexpr uint64_t kInsteadMs = 1;

}  // namespace

NativeLoop::NativeLoop() = default;

void NativeLoop::SettleOrRetry() {
  try {
    Settle();
  } catch (...) {
    waker_->Wake();
  }
}

void NativeLoop::Settle() {
  // Only the changes that wait now: other threads may cause new ones faster than they are applied.
  for (size_t left = bridge_.WaitingChanges() + (unfinished_ ? 1 : 0); left > 0; --left) {
    if (!unfinished_) unfinished_ = bridge_.NextChange();
    if (!unfinished_) break;
    Apply(*unfinished_);
    unfinished_.reset();
  }
  {
    const LibvirtScope scope(waker_.get());
    bridge_.RunAskedFor();
    bridge_.RunOwnFrees();
  }
  if (bridge_.WaitingChanges() > 0) waker_->Wake();
}

void NativeLoop::Apply(const SourceChange& change) {
  const bool is_handle = change.kind == SourceKind::kHandle;
  if (change.action == SourceChange::Action::kRemove) {
    if (is_handle) {
      const auto found = watches_.find(change.id);
      if (found != watches_.end()) {
        RemoveFromPoller(found->second.get());
        watches_.erase(found);
      }
    } else {
      timeouts_.erase(change.id);
    }
    const LibvirtScope scope(waker_.get());
    (void)bridge_.RunFree(change.kind, change.id);
  } else if (is_handle) {
    auto& watch = watches_[change.id];
    if (watch == nullptr) watch.reset(new Watch{this, change.id, change.fd, 0, 0, {}});
    SetWatch(watch.get());
  } else {
    auto& timeout = timeouts_[change.id];
    if (timeout == nullptr) timeout.reset(new Timeout{this, change.id, {}, {}});
    SetTimeout(timeout.get(), change.setting);
  }
}

void NativeLoop::RemoveFromPoller(Watch* watch) {
  if (watch->token <= 0) return;
  poller_->Remove(watch->token);
  watch_of_token_.erase(watch->token);
}

void NativeLoop::SetWatch(Watch* watch) {
  if (bridge_.SetMask(watch->id)) return;
  watch->mask = bridge_.TakeMask(watch->id);
  RemoveFromPoller(watch);
  watch->token = watch->mask == 0 ? -EBADF : poller_->Add(watch->fd, watch->mask);
  if (watch->token > 0) {
    watch_of_token_[watch->token] = watch->id;
    bridge_.NoteToken(watch->id, watch->token);
  }
  if (watch->token > 0 || watch->token == -EBADF) {
    watch->instead.Close();
  } else if (watch->instead.get() == nullptr) {
    OpenTimer(&watch->instead, watch);
    (void)uv_timer_start(watch->instead.get(), FromC<OnInstead>, kInsteadMs, kInsteadMs);
  }
}

void NativeLoop::OpenTimer(UvHandle<uv_timer_t>* timer, void* data) {
  (void)timer->Open([this](uv_timer_t* handle) { return uv_timer_init(&loop_, handle); });
  timer->get()->data = data;
  uv_update_time(&loop_);  // otherwise its period would count from the begin of this turn
}

void NativeLoop::SetTimeout(Timeout* timeout, int frequency_ms) {
  timeout->timer.Close();
  timeout->each_turn.Close();
  if (frequency_ms < 0) return;
  if (frequency_ms == 0) {
    (void)timeout->each_turn.Open([this](uv_idle_t* idle) { return uv_idle_init(&loop_, idle); });
    timeout->each_turn.get()->data = timeout;
    (void)uv_idle_start(timeout->each_turn.get(), FromC<OnTurn>);
    return;
  }
  OpenTimer(&timeout->timer, timeout);
  const auto period_ms = static_cast<uint64_t>(frequency_ms);
  (void)uv_timer_start(timeout->timer.get(), FromC<OnTimer>, period_ms, period_ms);
}

void NativeLoop::RunReady(const std::vector<FdPoller::Ready>& ready, const FdPoller::Time& time) {
  const ReadingBudget budget{time.until_ns, time.left_ns / ready.size()};
  Inside([&] {
    for (const auto& [token, mask] : ready) {
      const auto found = watch_of_token_.find(token);
      if (found != watch_of_token_.end()) bridge_.RunHandle(found->second, mask, budget);
    }
  });
}

void NativeLoop::RunInstead(Watch* watch) {
  if (watch->token != -EPERM) {
    SetWatch(watch);
    return;
  }
  Inside([&] { bridge_.RunHandle(watch->id, watch->mask & (kReadable | kWritable), {0, 0}); });
}

void NativeLoop::RunTimeout(int id) {
  Inside([&] { bridge_.RunTimeout(id); });
}

void NativeLoop::OnInstead(uv_timer_t* timer) {
  auto* watch = static_cast<Watch*>(timer->data);
  watch->loop->RunInstead(watch);
}

void NativeLoop::OnTimer(uv_timer_t* timer) {
  const auto* timeout = static_cast<Timeout*>(timer->data);
  timeout->loop->RunTimeout(timeout->id);
}

void NativeLoop::OnTurn(uv_idle_t* idle) {
  const auto* timeout = static_cast<Timeout*>(idle->data);
  timeout->loop->RunTimeout(timeout->id);
}

}  // namespace rxvirt
