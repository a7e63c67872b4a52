// SPDX-License-Identifier: MIT
#include "calls/stream_files.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstddef>

#include "calls/stream_bytes.h"
#include "library/functions.h"

namespace rxvirt {
namespace {

using Clock = std::chrono::steady_clock;

// How often JavaScript hears of a transfer.
constexpr std::chrono::milliseconds kPart{100};

// A descriptor that was passed alone.
int OnlyOne(const OwnFds* file) { return file->all().empty() ? -1 : file->all().front(); }

// Returns 0, or the errno.
int WriteAll(int fd, const char* bytes, size_t size, off_t offset) {
  size_t written = 0;
  while (written < size) {
    const auto count = pwrite(fd, bytes + written, size - written, offset + static_cast<off_t>(written));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return errno;
    if (count == 0) return ENOSPC;
    written += static_cast<size_t>(count);
  }
  return 0;
}

// Where a file has data and holes, from an offset on. A file system that doesn't know has data only.
struct Extent {
  off_t hole;  // how much of a hole comes first
  off_t data;  // how much data follows
};

Extent ExtentAt(int fd, off_t offset, off_t most) {
  const off_t data = lseek(fd, offset, SEEK_DATA);
  if (data < 0 && errno == ENXIO) {
    struct stat status {};
    const bool has_more = fstat(fd, &status) == 0 && status.st_size > offset;
    return {has_more ? std::min(status.st_size - offset, most) : 0, 0};
  }
  if (data < 0) return {0, most};
  if (data > offset) return {std::min(data - offset, most), 0};
  const off_t hole = lseek(fd, offset, SEEK_HOLE);
  return {0, hole < 0 ? most : std::min(hole - offset, most)};
}

}  // namespace

int StreamReceiveIntoFile(decltype(::virStreamSparseRecvAll)* /*function*/, virStreamPtr stream,
                          const OwnFds* file, unsigned long long offset, unsigned long long* bytes,
                          int* state, int* file_error) {
  StreamBytes part;
  char* const room = reinterpret_cast<char*>(part.MakeRoom(kMessageBytes));
  const auto until = Clock::now() + kPart;
  *state = kStreamHasMore;
  while (*state == kStreamHasMore && Clock::now() < until) {
    const int count = virStreamRecvFlags(stream, room, kMessageBytes, VIR_STREAM_RECV_STOP_AT_HOLE);
    if (count > 0) {
      const auto size = static_cast<size_t>(count);
      *file_error = WriteAll(OnlyOne(file), room, size, static_cast<off_t>(offset + *bytes));
      if (*file_error != 0) return 0;
      *bytes += size;
    } else if (count == -1) {
      if (*bytes == 0) return -1;
      break;  // the next call meets the error again
    } else {
      *state = count == 0 ? kStreamHasEnded : count == -2 ? kStreamIsEmpty : kStreamHasHole;
    }
  }
  return 0;
}

int StreamSendFromFile(decltype(::virStreamSparseSendAll)* /*function*/, virStreamPtr stream,
                       const OwnFds* file, unsigned long long offset, unsigned long long most,
                       int knows_holes, unsigned long long* bytes, unsigned long long* hole, int* state,
                       int* file_error) {
  const int fd = OnlyOne(file);
  StreamBytes part;
  char* const room = reinterpret_cast<char*>(part.MakeRoom(kMessageBytes));
  const auto until = Clock::now() + kPart;
  off_t data_left = 0;
  *state = kStreamHasMore;
  while (*state == kStreamHasMore && *bytes < most && Clock::now() < until) {
    const auto at = static_cast<off_t>(offset + *bytes);
    const auto left = static_cast<off_t>(most - *bytes);
    if (knows_holes != 0 && data_left == 0) {
      const auto extent = ExtentAt(fd, at, left);
      data_left = extent.data;
      *hole = static_cast<unsigned long long>(extent.hole);
      if (extent.hole > 0) {
        *state = kStreamHasHole;
        break;
      }
    }
    const auto wanted = std::min<off_t>(knows_holes != 0 && data_left > 0 ? data_left : left, kMessageBytes);
    const auto count = pread(fd, room, static_cast<size_t>(wanted), at);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) {
      *file_error = errno;
      return 0;
    }
    if (count == 0) *state = kStreamHasEnded;
    for (ssize_t sent = 0; sent < count;) {
      const int taken = virStreamSend(stream, room + sent, static_cast<size_t>(count - sent));
      if (taken == -1 && *bytes == 0) return -1;
      if (taken < 0) return 0;  // an error, which the next call meets again
      sent += taken;
      *bytes += static_cast<unsigned long long>(taken);
      data_left -= std::min<off_t>(taken, data_left);
    }
  }
  return 0;
}

}  // namespace rxvirt
