// SPDX-License-Identifier: MIT
#include "calls/free_fds.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <vector>

namespace rxvirt {

bool HasFreeFds(int count) {
  std::vector<int> taken;
  taken.reserve(count);
  while (static_cast<int>(taken.size()) < count) {
    const int fd = eventfd(0, EFD_CLOEXEC);
    if (fd < 0) break;
    taken.push_back(fd);
  }
  for (const int fd : taken) close(fd);
  return static_cast<int>(taken.size()) == count;
}

}  // namespace rxvirt
