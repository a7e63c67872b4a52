// SPDX-License-Identifier: MIT
#include "calls/stream_calls.h"

#include <algorithm>
#include <chrono>
#include <cstddef>

#include "library/functions.h"

namespace rxvirt {
namespace {

using Clock = std::chrono::steady_clock;

// A read takes several messages, but what has come is given on after this time.
constexpr std::chrono::milliseconds kReading{20};

}  // namespace

int StreamReceive(decltype(::virStreamRecvFlags)* function, virStreamPtr stream, int most, StreamBytes* bytes,
                  int* state, unsigned int flags) {
  const auto end = std::min(static_cast<size_t>(std::max(most, 0)), StreamBytes::kMost);
  char* const all = reinterpret_cast<char*>(bytes->MakeRoom(end));
  const auto until = Clock::now() + kReading;
  size_t size = 0;
  *state = kStreamHasMore;
  while (*state == kStreamHasMore && size < end && Clock::now() < until) {
    char* const room = all + size;
    int count = function(stream, room, end - size, flags);
    // Drivers in this process have only the older function, and no holes.
    if (count == -1 && virGetLastErrorCode() == VIR_ERR_NO_SUPPORT)
      count = virStreamRecv(stream, room, end - size);
    if (count > 0) {
      size += static_cast<size_t>(count);
    } else if (count == -1) {
      if (size == 0) return -1;
      break;  // the next call meets the error again
    } else {
      *state = count == 0 ? kStreamHasEnded : count == -2 ? kStreamIsEmpty : kStreamHasHole;
    }
  }
  bytes->SetSize(size);
  return 0;
}

int StreamFinish(decltype(::virStreamFinish)* function, virStreamPtr stream) {
  (void)virStreamEventRemoveCallback(stream);
  return function(stream);
}

int StreamSend(decltype(::virStreamSend)* /*function*/, virStreamPtr stream, const StreamBytes* bytes) {
  return SendAll(stream, reinterpret_cast<const char*>(bytes->data()), bytes->size());
}

int SendAll(virStreamPtr stream, const char* bytes, size_t size) {
  size_t sent = 0;
  while (sent < size) {
    const int count = virStreamSend(stream, bytes + sent, std::min(size - sent, kMessageBytes));
    if (count == -1 && sent == 0) return -1;
    if (count < 0) break;  // takes none at the moment, or an error, which the next call meets again
    sent += static_cast<size_t>(count);
  }
  return static_cast<int>(sent);
}

}  // namespace rxvirt
