// SPDX-License-Identifier: MIT
#pragma once

namespace rxvirt {

// What changes the mask of a watch from any thread, so that the loop's thread isn't woken for it.
class MaskSetter {
 public:
  // Changes what the watcher with this token waits for; with 0 nothing is reported, not even errors and
  // hang-ups. Returns false if that can't be done: the loop's thread must then remove the watcher and add
  // another.
  [[nodiscard]] virtual bool SetMask(int token, int events) noexcept = 0;

 protected:
  ~MaskSetter() = default;
};

}  // namespace rxvirt
