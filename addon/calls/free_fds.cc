// SPDX-License-Identifier: MIT
#include "calls/free_fds.h"

#include <fcntl.h>
#include <sys/resource.h>

#include <atomic>
#include <cerrno>

namespace rxvirt {
namespace {

// What an open that runs already may still take: a socket and event descriptors.
constexpr int kOfOthers = 3;

std::atomic<int> running{0};

// Looks at the highest numbers first. The kernel gives out the lowest ones, so mostly these are free.
bool HasFreeFds(int count) {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return true;
  for (auto fd = static_cast<int>(limit.rlim_cur) - 1; fd >= 0 && count > 0; --fd) {
    if (fcntl(fd, F_GETFD) < 0 && errno == EBADF) --count;
  }
  return count == 0;
}

}  // namespace

FdsOfOpen::FdsOfOpen() {
  const int others = running++;
  are_free_ = HasFreeFds(kNeeded + kOfOthers * others);
}

FdsOfOpen::~FdsOfOpen() { --running; }

}  // namespace rxvirt
