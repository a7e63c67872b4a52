// SPDX-License-Identifier: MIT
#pragma once

namespace rxvirt {

// Sets a flag for its time, also where an exception ends it.
class FlagScope {
 public:
  explicit FlagScope(bool* flag) : flag_(flag) { *flag_ = true; }
  ~FlagScope() { *flag_ = false; }
  FlagScope(const FlagScope&) = delete;
  FlagScope& operator=(const FlagScope&) = delete;

 private:
  bool* flag_;
};

}  // namespace rxvirt
