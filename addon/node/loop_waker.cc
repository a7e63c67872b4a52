// SPDX-License-Identifier: MIT
#include "node/loop_waker.h"

#include <unordered_set>
#include <utility>

#include "node/from_c.h"
#include "node/never_destroyed.h"

namespace rxvirt {
namespace {

struct Living {
  std::mutex mutex;
  std::unordered_set<LoopWaker*> wakers;
};

Living& TheLiving() {
  static NeverDestroyed<Living> living;  // threads may wake while the process ends
  return *living;
}

}  // namespace

LoopWaker::LoopWaker(uv_loop_t* loop, std::function<void()> on_wake) : on_wake_(std::move(on_wake)) {
  const int status =
      async_.Open([loop](uv_async_t* async) { return uv_async_init(loop, async, FromC<OnAsync>); });
  if (status != 0) {
    ended_ = true;
    return;
  }
  async_.get()->data = this;
  async_.SetRef(false);
  const std::lock_guard<std::mutex> lock(TheLiving().mutex);
  TheLiving().wakers.insert(this);
}

LoopWaker::~LoopWaker() {
  const std::lock_guard<std::mutex> lock(TheLiving().mutex);
  TheLiving().wakers.erase(this);
}

void LoopWaker::OnAsync(uv_async_t* async) { static_cast<LoopWaker*>(async->data)->on_wake_(); }

void LoopWaker::Wake() {
  if (!LateWakes::Take(this)) WakeNow();
}

void LoopWaker::WakeNow() {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (async_.get() != nullptr) uv_async_send(async_.get());
}

void LoopWaker::WakeAll() {
  const std::lock_guard<std::mutex> lock(TheLiving().mutex);
  for (LoopWaker* waker : TheLiving().wakers) waker->Wake();
}

void LoopWaker::Ref() {
  if (refs_++ == 0) async_.SetRef(true);
}

void LoopWaker::Unref() {
  if (--refs_ == 0) async_.SetRef(false);
}

void LoopWaker::End() {
  const std::lock_guard<std::mutex> lock(mutex_);
  ended_ = true;
  async_.Close();
}

bool LateWakes::Take(LoopWaker* waker) {
  LateWakes* const late = current_;
  if (late == nullptr) return false;
  for (size_t i = 0; i < late->count_; ++i) {
    if (late->wakers_[i].get() == waker) return true;
  }
  if (late->count_ == kMost) return false;
  auto kept = waker->weak_from_this().lock();
  if (kept == nullptr) return false;
  late->wakers_[late->count_++] = std::move(kept);
  return true;
}

LateWakes::~LateWakes() {
  current_ = nullptr;
  for (size_t i = 0; i < count_; ++i) wakers_[i]->WakeNow();
}

}  // namespace rxvirt
