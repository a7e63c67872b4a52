// SPDX-License-Identifier: MIT
#pragma once
#include <algorithm>
#include <atomic>
#include <cstdint>

namespace rxvirt {

// Knows until when all was received that the other side of a connection had to send.
//
// An empty socket shows that, but not after the other side may have had to wait because the socket was full.
// It then sends the rest one message after the other. The loop is faster, and finds the socket empty in
// between. After that only an answer shows it, because an answer comes after all that had waited.
//
// is_behind() is for any thread. All else is guarded by the EventBridge's mutex.
class ReceivedUntil {
 public:
  // What is received once this question is answered.
  struct Question {
    double asked_ms;
    uint64_t times_full;
  };

  // Milliseconds since 1970; 0: nobody knows.
  [[nodiscard]] double ms() const { return ms_; }
  // Whether an empty socket shows nothing until a question is answered.
  [[nodiscard]] bool is_behind() const { return is_behind_; }

  // Nothing can have been sent before that is of interest.
  void Begin(double now_ms) { ms_ = now_ms; }
  // So many bytes were found unread.
  void NoteUnread(int bytes) {
    most_unread_ = std::max(most_unread_, static_cast<uint64_t>(bytes));
    NoteFill();
  }
  // A message, or a part of one, is about to be read.
  void NoteMessage() {
    ++messages_;
    NoteFill();
  }
  // The socket was empty at `looked_ms`.
  void NoteEmpty(double looked_ms) {
    messages_ = most_unread_ = 0;
    if (!is_behind_) ms_ = looked_ms;
  }

  // Just before the question is sent. What is noted from then on was maybe not sent before the answer.
  [[nodiscard]] Question Ask(double now_ms) {
    messages_ = most_unread_ = 0;
    return {now_ms, times_full_};
  }
  void NoteAnswer(const Question& question) { ms_ = question.asked_ms; }
  // The question is answered, and since then whoever read beside the loop has read only a few messages. So if
  // the loop has read only a few too, nothing waits.
  void NoteFewSince(const Question& question) {
    if (question.times_full == times_full_) is_behind_ = false;
  }

 private:
  // When a daemon waits. Linux says that a Unix socket has room while at most a quarter of its send buffer is
  // used (unix_writable()). A message uses less than its length twice and 900 bytes; a small one uses 768.
  static constexpr uint64_t kFull = 212'992 / 4;
  static constexpr uint64_t kMessageCost = 900;

  void NoteFill() {
    if (messages_ * kMessageCost + 2 * most_unread_ < kFull) return;
    messages_ = most_unread_ = 0;
    ++times_full_;
    is_behind_ = true;
  }

  double ms_ = 0;
  std::atomic<bool> is_behind_{false};  // the other side may have more that it could not send yet
  uint64_t times_full_ = 0;             // how often the socket may have been full
  // Since then, or since it was last found empty: how many messages were read, and the most bytes that were
  // unread.
  uint64_t messages_ = 0;
  uint64_t most_unread_ = 0;
};

}  // namespace rxvirt
