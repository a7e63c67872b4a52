// SPDX-License-Identifier: MIT
#pragma once

namespace rxvirt {

class LoopWaker;

// Marks code that libvirt may call back from, or that calls libvirt. What happens meanwhile that concerns the
// instance which opened the outermost scope needs no wake-up: that instance looks when its scope has ended
// (AddonData::Inside). Another instance of the same thread has to be woken, for it does not know.
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
  // Whether the instance with this waker looks by itself when this thread's outermost scope ends.
  [[nodiscard]] static bool IsOpenFor(const LoopWaker* waker) {
    return open_.opener == waker && open_.depth > 0;
  }

 private:
  // One variable, whose value is known here: each access to a library's variable of a thread is a call.
  struct Open {
    int depth;
    const LoopWaker* opener;
  };
  inline static thread_local Open open_{0, nullptr};
};

}  // namespace rxvirt
