// SPDX-License-Identifier: MIT
#include "loop_waker.h"

#include <utility>

namespace rxvirt {

LoopWaker::LoopWaker(uv_loop_t* loop, std::function<void()> on_wake) : on_wake_(std::move(on_wake)) {
  const int status = async_.Open([loop](uv_async_t* async) {
    return uv_async_init(loop, async,
                         [](uv_async_t* woken) { static_cast<LoopWaker*>(woken->data)->on_wake_(); });
  });
  if (status != 0) {
    ended_ = true;
    return;
  }
  async_.get()->data = this;
  async_.SetRef(false);
}

void LoopWaker::Wake() {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (async_.get() != nullptr) uv_async_send(async_.get());
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

}  // namespace rxvirt
