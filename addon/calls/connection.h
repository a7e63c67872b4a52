// SPDX-License-Identifier: MIT
#pragma once
#include <libvirt/libvirt.h>
#include <napi.h>

#include <memory>
#include <mutex>
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

// A reference that somebody has to give back; that can block.
struct Reference {
  void* object;
  void (*free)(void*);
};

// An object of libvirt's that a connection has to let go of before it is closed; see held.h.
class HeldObject : public Handle {
 public:
  using Handle::Handle;
  // Under the connection's mutex: what it holds, which is the caller's from then on.
  [[nodiscard]] virtual Reference TakeOut() = 0;
};

// Which of libvirt's register/deregister pairs a callback belongs to; lib/native.ts names the numbers.
enum class EventFamily : int { kDomain = 0, kNetwork, kStoragePool, kNodeDevice, kSecret, kQemuMonitor };

// One connection, open or being opened. Shared by its JavaScript object, its running calls and its objects;
// what is guarded by the mutex is used on any thread, and no libvirt call that can block is made under it.
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
  bool keeps_alive = false;             // the process; loop thread
  std::shared_ptr<CallLane> open_lane;  // while it is being opened; loop thread
  std::mutex mutex;
  virConnectPtr connection = nullptr;                   // nullptr once closed
  void* close_target = nullptr;                         // of EventTargets: where the notice of its end goes
  std::unordered_map<int, Registration> registrations;  // by token
  std::unordered_set<HeldObject*> objects;              // those that hold libvirt's object
};

// A reference that keeps the connection for the time of one call; empty when it is closed. Whatever libvirt
// adds to the event loop meanwhile belongs to the connection. Call threads only: letting go can block.
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

// Nothing of the connection is served any more, nor holds the process: its calls that are under way are
// rejected, and go on by themselves. Loop thread; after it nothing is delivered.
void AbandonConnection(AddonData& data, const std::shared_ptr<ConnectionState>& state);

// For a connection whose environment ends.
void CloseOnReaper(const std::shared_ptr<ConnectionState>& state);

void ExportConnectionFunctions(AddonData& data, Napi::Object exports);

}  // namespace rxvirt
