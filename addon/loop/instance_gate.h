// SPDX-License-Identifier: MIT
#pragma once
#include <atomic>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <utility>

#include "loop/own_source.h"
#include "loop/source_owner.h"
#include "node/loop_waker.h"

namespace rxvirt {

// A callback of a handle or timeout that a loop runs on another thread. A handle is level-triggered, so the
// loop would call it again at once. The thread of libvirt's default loop waits until JavaScript has run the
// callback. The native loop doesn't wait: the bridge holds the source until then.
struct ForeignCallback {
  SourceKind kind;
  int id;
  int fd;
  int mask;
  std::shared_ptr<const OwnSource> source;
  bool is_held = false;
  bool has_begun = false;  // for JavaScript's thread
  bool done = false;       // guarded by the gate's mutex
};

// The part of an instance that callbacks on any thread may keep. The instance can end before such a callback
// does; then `open` is false.
struct InstanceGate {
  explicit InstanceGate(std::shared_ptr<LoopWaker> instances_waker) : waker(std::move(instances_waker)) {}

  const std::shared_ptr<LoopWaker> waker;
  std::mutex mutex;
  std::condition_variable changed;
  std::atomic<bool> open{true};  // set under the mutex
  std::deque<std::shared_ptr<ForeignCallback>> foreign;
};

}  // namespace rxvirt
