// SPDX-License-Identifier: MIT
#pragma once
#include <libvirt/libvirt.h>
#include <poll.h>
#include <sys/ioctl.h>

#include <climits>
#include <utility>

namespace rxvirt {

// What poll(2) says of the fd at once: of `events`, and of its end.
inline int Look(int fd, int events) {
  pollfd file{fd, static_cast<short>(events), 0};
  return poll(&file, 1, 0) == 1 ? file.revents : 0;
}

// How many bytes wait to be read.
inline int UnreadBytes(int fd) {
  int bytes = 0;
  return ioctl(fd, FIONREAD, &bytes) == 0 ? bytes : 0;
}

// Decides what libvirt's client is told first of a socket that the other side has closed: that there is
// something to read, or the end. When the client is told both, it reads one message, closes the socket, and
// the other messages are lost. So it is told the end last, unless it doesn't read.
class ReadingToEnd {
 public:
  explicit ReadingToEnd(int fd) : fd_(fd) {}

  // Whether the client has to read before it is told `ready`. Call it before each callback.
  [[nodiscard]] bool ReadsFirst(int ready) {
    if ((ready & (VIR_EVENT_HANDLE_ERROR | VIR_EVENT_HANDLE_HANGUP)) == 0) return false;
    const int before = std::exchange(unread_, UnreadBytes(fd_));
    return unread_ > 0 && unread_ < before;
  }

 private:
  const int fd_;
  int unread_ = INT_MAX;
};

}  // namespace rxvirt
