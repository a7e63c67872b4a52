// SPDX-License-Identifier: MIT
#pragma once

namespace rxvirt {

// The file descriptors that one open needs, while it exists. The opens that run at the same time don't count
// on the same ones. Other code of the process can still take them at any moment.
class FdsOfOpen {
 public:
  static constexpr int kNeeded = 8;

  FdsOfOpen();
  ~FdsOfOpen();
  FdsOfOpen(const FdsOfOpen&) = delete;
  FdsOfOpen& operator=(const FdsOfOpen&) = delete;

  // Whether they can be had.
  [[nodiscard]] bool are_free() const { return are_free_; }

 private:
  bool are_free_;
};

}  // namespace rxvirt
