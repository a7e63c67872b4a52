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
    if (depth_++ == 0) opener_ = opener;
  }
  ~LibvirtScope() {
    if (--depth_ == 0) opener_ = nullptr;
  }
  LibvirtScope(const LibvirtScope&) = delete;
  LibvirtScope& operator=(const LibvirtScope&) = delete;
  [[nodiscard]] static bool IsOpen() { return depth_ > 0; }
  // Whether the instance with this waker looks by itself when this thread's outermost scope ends.
  [[nodiscard]] static bool IsOpenFor(const LoopWaker* waker) { return depth_ > 0 && opener_ == waker; }

 private:
  static thread_local int depth_;
  static thread_local const LoopWaker* opener_;
};

}  // namespace rxvirt
