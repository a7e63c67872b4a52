// SPDX-License-Identifier: MIT
#pragma once
#include <libvirt/libvirt.h>
#include <napi.h>

#include <memory>
#include <mutex>
#include <unordered_map>
#include <unordered_set>

#include "call_threads.h"
#include "vir_error.h"

namespace rxvirt {

struct DomainState;

// Which of libvirt's register/deregister pairs a callback belongs to; lib/native.ts names the numbers.
enum class EventFamily : int { kDomain = 0, kNetwork, kStoragePool, kNodeDevice, kSecret, kQemuMonitor };

// One open connection. Shared by its JavaScript object, its running calls and its domains; what is guarded
// by the mutex is used on any thread, and no libvirt call is made under it.
struct ConnectionState {
  struct Registration {
    EventFamily family;
    int callback_id;
  };

  ~ConnectionState();

  const std::shared_ptr<CallLane> lane = std::make_shared<CallLane>();
  std::mutex mutex;
  virConnectPtr connection = nullptr;                   // nullptr once closed
  std::unordered_map<int, Registration> registrations;  // by token
  std::unordered_set<DomainState*> domains;
};

// A reference that keeps the connection for the time of one call; empty when it is closed.
class ConnectionRef {
 public:
  explicit ConnectionRef(ConnectionState& state);
  ~ConnectionRef();
  ConnectionRef(const ConnectionRef&) = delete;
  ConnectionRef& operator=(const ConnectionRef&) = delete;
  [[nodiscard]] virConnectPtr get() const { return connection_; }

 private:
  virConnectPtr connection_ = nullptr;
};

// Deregisters all callbacks, frees the domains, closes. Blocks: on a call thread, or the reaper's.
// Returns what virConnectClose() does: 0, or the number of references that calls under way still hold.
int CloseConnection(ConnectionState& state);
void CloseOnReaper(std::shared_ptr<ConnectionState> state);

std::shared_ptr<ConnectionState> ConnectionArgument(const Napi::CallbackInfo& info);

void ExportConnectionFunctions(Napi::Env env, Napi::Object exports);

}  // namespace rxvirt
