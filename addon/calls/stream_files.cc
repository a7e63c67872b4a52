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

ssize_t ReadSome(int fd, char* room, size_t size, off_t offset) {
  for (;;) {
    const auto count = pread(fd, room, size, offset);
    if (count >= 0 || errno != EINTR) return count;
  }
}

// What a file has from an offset on: a hole first, or data.
struct Extent {
  off_t hole;
  off_t data;
};

// Of at most this length. A file system that doesn't know its holes has data only.
Extent ExtentAt(int fd, off_t offset, off_t most) {
  const off_t data = lseek(fd, offset, SEEK_DATA);
  if (data < 0 && errno == ENXIO) {  // a hole up to the end
    struct stat status {};
    const bool has_more = fstat(fd, &status) == 0 && status.st_size > offset;
    return {has_more ? std::min(status.st_size - offset, most) : 0, most};
  }
  if (data < 0) return {0, most};
  if (data > offset) return {std::min(data - offset, most), 0};
  const off_t hole = lseek(fd, offset, SEEK_HOLE);
  return {0, hole <= offset ? most : std::min(hole - offset, most)};  // another process may have made a hole
}

}  // namespace

int StreamReceiveIntoFile(decltype(::virStreamSparseRecvAll)* /*function*/, virStreamPtr stream,
                          LocalFile* file, unsigned long long offset, unsigned long long* bytes, int* state,
                          int* file_error) {
  const LocalFile::Use use(*file);
  StreamBytes part;
  char* const room = reinterpret_cast<char*>(part.MakeRoom(kMessageBytes));
  const auto until = Clock::now() + kPart;
  const auto failed = [&] { return *bytes == 0 ? -1 : 0; };  // otherwise the next call meets the error again
  *state = kStreamHasMore;
  while (*state == kStreamHasMore && Clock::now() < until) {
    const int count = virStreamRecvFlags(stream, room, kMessageBytes, VIR_STREAM_RECV_STOP_AT_HOLE);
    if (count == -1) return failed();
    if (count > 0) {
      const auto size = static_cast<size_t>(count);
      *file_error = WriteAll(use.fd(), room, size, static_cast<off_t>(offset + *bytes));
      if (*file_error != 0) return 0;
      *bytes += size;
    } else if (count == -3) {
      long long hole = 0;
      if (virStreamRecvHole(stream, &hole, 0) < 0) return failed();
      *bytes += static_cast<unsigned long long>(hole);
    } else {
      *state = count == 0 ? kStreamHasEnded : kStreamIsEmpty;
    }
  }
  return 0;
}

int StreamSendFromFile(decltype(::virStreamSparseSendAll)* /*function*/, virStreamPtr stream, LocalFile* file,
                       unsigned long long offset, unsigned long long most, int sends_holes,
                       unsigned long long* bytes, int* state, int* file_error) {
  const LocalFile::Use use(*file);
  StreamBytes part;
  char* const room = reinterpret_cast<char*>(part.MakeRoom(kMessageBytes));
  const auto until = Clock::now() + kPart;
  const auto failed = [&] { return *bytes == 0 ? -1 : 0; };  // otherwise the next call meets the error again
  off_t data_left = 0;
  *state = kStreamHasMore;
  while (*state == kStreamHasMore && *bytes < most && Clock::now() < until) {
    const auto at = static_cast<off_t>(offset + *bytes);
    const auto left = static_cast<off_t>(most - *bytes);
    if (data_left == 0) {
      const auto extent = sends_holes != 0 ? ExtentAt(use.fd(), at, left) : Extent{0, left};
      if (extent.hole > 0) {
        if (virStreamSendHole(stream, extent.hole, 0) < 0) return failed();
        *bytes += static_cast<unsigned long long>(extent.hole);
        continue;
      }
      data_left = extent.data;
    }
    const auto wanted = static_cast<size_t>(std::min<off_t>(data_left, kMessageBytes));
    const auto count = ReadSome(use.fd(), room, wanted, at);
    if (count < 0) {
      *file_error = errno;
      return 0;
    }
    if (count == 0) *state = kStreamHasEnded;
    const int taken = SendAll(stream, room, static_cast<size_t>(count));
    if (taken == -1) return failed();
    if (taken == 0 && count > 0) *state = kStreamIsEmpty;
    *bytes += static_cast<unsigned long long>(taken);
    data_left -= taken;
  }
  return 0;
}

}  // namespace rxvirt
