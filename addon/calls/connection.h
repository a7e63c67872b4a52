// SPDX-License-Identifier: MIT
#pragma once
#include <libvirt/libvirt.h>
#include <napi.h>

#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <unordered_set>

#include "calls/connection_calls.h"
#include "calls/handle.h"
#include "calls/vir_error.h"
#include "events/queue.h"
#include "events/target.h"
#include "loop/source_owner.h"

namespace rxvirt {

class AddonData;

// A reference to a libvirt object, or some of them. Its holder must call Free(), which can block.
struct Reference {
  void* object;
  void (*free)(void*);

  void Free() { free(object); }
};

// A libvirt object, or some, whose references must be released before the connection is closed; see held.h.
class HeldObject : public Handle {
 public:
  using Handle::Handle;
  // Call it with the connection's mutex locked. Moves the reference to the caller, who must release it.
  [[nodiscard]] virtual Reference TakeOut() = 0;
};

// Which of libvirt's register/deregister pairs a callback belongs to; lib/events/families.ts has the same
// numbers.
enum class EventFamily : int { kDomain = 0, kNetwork, kStoragePool, kNodeDevice, kSecret, kQemuMonitor };

// One connection, open or being opened. Shared by its JavaScript object, its running calls and its objects.
// Members that the mutex guards are used on any thread. While the mutex is locked, no libvirt call is made
// that can block.
struct ConnectionState final : Handle {
  struct Registration {
    EventFamily family;
    int callback_id;
  };

  explicit ConnectionState(std::shared_ptr<EventQueue> queue)
      : Handle(KindOf<ConnectionState>()), events(std::move(queue)), owner(events->owner) {}
  ~ConnectionState() override;

  const std::shared_ptr<EventQueue> events;
  const std::shared_ptr<SourceOwner> owner;
  const std::shared_ptr<ConnectionCalls> calls = std::make_shared<ConnectionCalls>();
  bool keeps_alive = false;             // whether it keeps the process alive; loop thread
  std::shared_ptr<CallLane> open_lane;  // set while it is being opened; loop thread
  // For catch_up.cc; loop thread: its last question, if that was answered, and how many events had arrived
  // before.
  std::optional<ReceivedUntil::Question> answered;
  uint64_t arrived_before = 0;
  // Held while references that were taken out are released. Their own references to the connection must not
  // be the last ones. Calls don't wait for it, as they would for `mutex`. Locked before `mutex`.
  std::mutex releasing;
  std::mutex mutex;
  virConnectPtr connection = nullptr;                   // nullptr before it is open and once it is closed
  void* close_target = nullptr;                         // from EventTargets: receives the notice of its end
  std::unordered_map<int, Registration> registrations;  // by token
  std::unordered_set<HeldObject*> objects;              // the objects that hold a libvirt reference
};

// A reference that keeps the connection open during one call; empty when the connection is closed. Sources
// that libvirt meanwhile adds to the event loop on this thread belong to the connection. Call threads only:
// releasing the reference can block.
class ConnectionRef {
 public:
  explicit ConnectionRef(ConnectionState& state);
  ~ConnectionRef();
  ConnectionRef(const ConnectionRef&) = delete;
  ConnectionRef& operator=(const ConnectionRef&) = delete;
  [[nodiscard]] virConnectPtr get() const { return connection_; }

 private:
  OwnerScope scope_;
  virConnectPtr connection_ = nullptr;
};

// Whether the connection has ended, though not by this program. Call threads only.
[[nodiscard]] bool IsLost(ConnectionState& state);

// Loop thread. Stops serving the connection: its events are no longer delivered, its unsettled promises
// reject, and it no longer keeps the process alive. Calls that are running continue, and their results are
// dropped.
void AbandonConnection(AddonData& data, const std::shared_ptr<ConnectionState>& state);

// Closes a connection whose environment ends, on a thread of the reaper.
void CloseOnReaper(const std::shared_ptr<ConnectionState>& state);

void ExportConnectionFunctions(AddonData& data, Napi::Object exports);

}  // namespace rxvirt
