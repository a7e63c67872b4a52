// SPDX-License-Identifier: MIT
#pragma once
#include <cstdint>
#include <memory>
#include <set>
#include <tuple>
#include <utility>

namespace rxvirt {

// A watch on an fd ("handle") or a timeout: libvirt counts their ids separately.
enum class SourceKind : uint8_t { kHandle, kTimeout };

struct SourceKey {
  SourceKind kind;
  int id;
  bool operator<(const SourceKey& other) const { return std::tie(kind, id) < std::tie(other.kind, other.id); }
};

// The connection that libvirt added watches and timeouts for. Which one that is, libvirt does not say: it is
// the one that the adding thread works for (OwnerScope). All members are guarded by the EventBridge's mutex.
struct SourceOwner {
  std::set<SourceKey> sources;
  // Of no connection, but made by event.addHandle and event.addTimeout.
  bool is_javascripts = false;
  // A watch means that the connection has a socket of its own, and its timeouts are its own too. Drivers in
  // this process have no socket, and share one timeout among all their connections.
  bool has_socket = false;
  bool is_paused = false;     // its watches don't read
  bool is_cut_off = false;    // a socket that it gets later is shut down at once
  bool is_abandoned = false;  // none of its sources is served any more
  int running = 0;            // callbacks of its sources that are under way
};

// For its time, what this thread adds belongs to `owner`. Scopes of one thread nest.
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
