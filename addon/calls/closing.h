// SPDX-License-Identifier: MIT
#pragma once
#include <libvirt/libvirt.h>

#include <unordered_map>
#include <vector>

#include "calls/connection.h"

// How a connection ends.
namespace rxvirt {

// libvirt tells it of the connection that has this target.
void OnConnectionClosed(virConnectPtr connection, int reason, void* target);

// The libvirt references and registrations of a connection, moved out of its state.
struct TakenOut {
  virConnectPtr connection = nullptr;
  void* close_target = nullptr;
  std::unordered_map<int, ConnectionState::Registration> registrations;
  std::vector<Reference> objects;
};
[[nodiscard]] TakenOut TakeOut(ConnectionState& state);

// Blocks, so it runs on a call thread or a thread of the reaper. Returns what virConnectClose() does: 0, or
// the number of references that calls under way still hold.
int Close(TakenOut held, SourceOwner& owner, RequestTurns& turns);

}  // namespace rxvirt
