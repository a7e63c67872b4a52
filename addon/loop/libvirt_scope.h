// SPDX-License-Identifier: MIT
#pragma once

namespace rxvirt {

class LoopWaker;

// Marks code that calls libvirt, or from which libvirt may call back. While such code runs on a thread, the
// instance that opened the outermost scope needs no wake-up: it looks for changes and events when its scope
// has ended (AddonData::Inside). Another instance of the same thread must be woken, because it doesn't know
// of them.
class LibvirtScope {
 public:
  explicit LibvirtScope(const LoopWaker* opener) {
    auto& open = open_;
    if (open.depth++ == 0) open.opener = opener;
  }
  ~LibvirtScope() {
    auto& open = open_;
    if (--open.depth == 0) open.opener = nullptr;
  }
  LibvirtScope(const LibvirtScope&) = delete;
  LibvirtScope& operator=(const LibvirtScope&) = delete;
  [[nodiscard]] static bool IsOpen() { return open_.depth > 0; }
  // Whether the instance with this waker will look for changes and events by itself, when this thread's
  // outermost scope ends.
  [[nodiscard]] static bool IsOpenFor(const LoopWaker* waker) {
    return open_.opener == waker && open_.depth > 0;
  }

 private:
  // One variable, so that it is looked up only once: in a shared library each look-up of a thread_local
  // variable is a function call. Its first value is known at compile time, so no further call has to check
  // for it.
  struct Open {
    int depth;
    const LoopWaker* opener;
  };
  inline static thread_local Open open_{0, nullptr};
};

}  // namespace rxvirt
