// SPDX-License-Identifier: MIT
#pragma once

namespace rxvirt {

// Keeps a flag set while it exists. The flag is also reset when an exception leaves the scope.
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
