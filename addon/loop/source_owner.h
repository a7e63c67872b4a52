// SPDX-License-Identifier: MIT
#pragma once
#include <cstdint>
#include <memory>
#include <set>
#include <tuple>
#include <utility>

#include "loop/received_until.h"

namespace rxvirt {

class LoopWaker;

// A watch on an fd ("handle") or a timeout: libvirt counts their ids separately.
enum class SourceKind : uint8_t { kHandle, kTimeout };

struct SourceKey {
  SourceKind kind;
  int id;
  bool operator<(const SourceKey& other) const { return std::tie(kind, id) < std::tie(other.kind, other.id); }
};

// How a connection has ended, and who is to be told.
struct EndNews {
  // nullptr: there is nothing to tell.
  void (*tell)(const std::shared_ptr<void>& receiver, int reason, double read_until_ms) = nullptr;
  std::weak_ptr<void> receiver;
  int reason = 0;  // virConnectCloseReason
  // All that the other side had sent until then has been read. Milliseconds since 1970; 0: nobody knows.
  double read_until_ms = 0;

  void Tell() const {
    if (const auto present = receiver.lock()) tell(present, reason, read_until_ms);
  }
};

// The connection that watches and timeouts belong to. libvirt doesn't say for which connection it adds a
// source. It is the connection that the adding thread works for (OwnerScope). All members are guarded by the
// EventBridge's mutex.
struct SourceOwner {
  std::set<SourceKey> sources;
  int active = 0;  // how many of them are not removed, and have a mask that isn't 0, or a frequency above -1
  // The instance whose event.addHandle and event.addTimeout have added the sources; nullptr for the sources
  // of a connection.
  std::shared_ptr<LoopWaker> waker;
  // A connection with a watch has a socket of its own, and its timeouts are its own too. A driver in this
  // process has no socket, and shares one timeout among all its connections.
  bool has_socket = false;
  bool is_paused = false;   // its watches don't read
  bool was_paused = false;  // at the last tick of keepalive, or since then
  // virConnectOpen() runs for it. Its watches are not served then: the opening thread itself reads the
  // socket. libvirt's client (9.0.0) first adds its watch and then makes its keepalive. If the loop noticed a
  // loss between the two, keepalive and client would hold each other, and neither would ever be freed.
  bool is_opening = false;
  bool is_cut_off = false;    // a socket that it gets later is shut down at once
  bool is_abandoned = false;  // none of its sources is served any more
  int running = 0;            // how many callbacks of its sources are running
  ReceivedUntil received;
  static constexpr int kNotEnded = -1;
  int unread_at_tick = kNotEnded;  // bytes that an ended daemon had sent, at the last tick of keepalive
  bool has_hung_up = false;        // the loop has seen that the other side has hung up
  EndNews end_news{};              // while it waits until the timeouts that are due have run
};

// While it exists, sources that this thread adds belong to `owner`. Scopes of one thread nest.
class OwnerScope {
 public:
  explicit OwnerScope(std::shared_ptr<SourceOwner> owner)
      : owner_(std::move(owner)), outer_(std::exchange(current_, this)) {}
  ~OwnerScope() { current_ = outer_; }
  OwnerScope(const OwnerScope&) = delete;
  OwnerScope& operator=(const OwnerScope&) = delete;
  [[nodiscard]] static std::shared_ptr<SourceOwner> Current() {
    return current_ != nullptr ? current_->owner_ : nullptr;
  }
  [[nodiscard]] const std::shared_ptr<SourceOwner>& owner() const { return owner_; }

 private:
  const std::shared_ptr<SourceOwner> owner_;
  OwnerScope* const outer_;
  inline static thread_local OwnerScope* current_ = nullptr;
};

}  // namespace rxvirt
