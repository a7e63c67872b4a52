// SPDX-License-Identifier: MIT
#pragma once
#include <fcntl.h>
#include <unistd.h>

#include <utility>
#include <vector>

namespace rxvirt {

// File descriptors that are closed with it.
class OwnFds {
 public:
  OwnFds() = default;
  OwnFds(OwnFds&& other) noexcept : all_(std::exchange(other.all_, {})) {}
  OwnFds& operator=(OwnFds&&) = delete;
  ~OwnFds() {
    for (const int fd : all_) close(fd);
  }

  // Takes it over.
  void Add(int fd) { all_.push_back(fd); }
  // Returns false when it isn't open, or no descriptor is left.
  [[nodiscard]] bool Duplicate(int fd) {
    all_.reserve(all_.size() + 1);
    const int copy = fcntl(fd, F_DUPFD_CLOEXEC, 0);
    if (copy >= 0) all_.push_back(copy);
    return copy >= 0;
  }
  [[nodiscard]] const std::vector<int>& all() const { return all_; }
  // Passes them on.
  [[nodiscard]] std::vector<int> Release() { return std::exchange(all_, {}); }

 private:
  std::vector<int> all_;
};

}  // namespace rxvirt
