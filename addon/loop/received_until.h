// SPDX-License-Identifier: MIT
#pragma once
#include <algorithm>
#include <cstdint>
#include <utility>

namespace rxvirt {

// Knows until when all was received that the other side of a connection had to send.
//
// An empty socket shows that, but not after the other side had to wait because the socket was full. It then
// sends the rest one message after the other. The loop is faster, and finds the socket empty again and again.
// So after that, the socket must have been empty for a while.
class ReceivedUntil {
 public:
  // Milliseconds since 1970; 0: nobody knows.
  [[nodiscard]] double ms() const { return ms_; }
  // Nothing can have been sent before that is of interest.
  void Begin(double now_ms) { ms_ = now_ms; }
  // The watch is ready, and so many bytes are unread.
  void NoteUnread(int bytes, uint64_t now_ns) {
    bytes_ = std::max(bytes_, bytes);
    const uint64_t empty_ns = std::exchange(empty_ns_, 0);
    if (empty_ns != 0) was_quiet_ = now_ns - empty_ns >= kQuietNs;
  }
  // A message is read, or a part of one.
  void NoteMessage() { ++messages_; }
  // The socket was empty at `looked_ms`.
  void NoteEmpty(double looked_ms, uint64_t now_ns) {
    const bool was_full = messages_ * kMessageCost + 2 * static_cast<uint64_t>(bytes_) >= kFull;
    is_behind_ = was_full || (is_behind_ && !was_quiet_);
    if (!is_behind_) ms_ = looked_ms;
    empty_ns_ = now_ns;
    messages_ = 0;
    bytes_ = 0;
    was_quiet_ = false;
  }

 private:
  // When a daemon waits. Linux says that a Unix socket has room while at most a quarter of its send buffer is
  // used (unix_writable()). A message uses less than its length twice and 900 bytes; a small one uses 768.
  static constexpr uint64_t kFull = 212'992 / 4;
  static constexpr uint64_t kMessageCost = 900;
  // How long a daemon that goes on sending may take from one message to the next.
  static constexpr uint64_t kQuietNs = 250'000'000;

  double ms_ = 0;
  bool is_behind_ = false;  // the other side may have more that it could not send yet
  // Since the socket was last found empty: how many messages were read, the most bytes that were unread, and
  // whether it had been empty for a while before that.
  uint64_t messages_ = 0;
  int bytes_ = 0;
  bool was_quiet_ = false;
  uint64_t empty_ns_ = 0;  // when the socket was found empty; 0 once something has come
};

}  // namespace rxvirt
