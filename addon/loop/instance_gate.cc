// SPDX-License-Identifier: MIT
#include "loop/instance_gate.h"

#include <algorithm>
#include <vector>

#include "node/never_destroyed.h"

namespace rxvirt {
namespace {

// Lock this one first, then the mutex of a gate.
struct Gates {
  std::mutex mutex;
  std::vector<std::weak_ptr<InstanceGate>> all;
};

Gates& AllGates() {
  static NeverDestroyed<Gates> gates;  // threads may use it until the process has ended
  return *gates;
}

}  // namespace

std::shared_ptr<InstanceGate> MakeInstanceGate() {
  auto gate = std::make_shared<InstanceGate>();
  auto& gates = AllGates();
  const std::lock_guard<std::mutex> lock(gates.mutex);
  const auto has_ended = [](const std::weak_ptr<InstanceGate>& each) { return each.expired(); };
  gates.all.erase(std::remove_if(gates.all.begin(), gates.all.end(), has_ended), gates.all.end());
  gates.all.push_back(gate);
  return gate;
}

void OutdateCallbacks(SourceKind kind, int id) {
  auto& gates = AllGates();
  const std::lock_guard<std::mutex> lock(gates.mutex);
  for (const auto& each : gates.all) {
    const auto gate = each.lock();
    if (gate == nullptr) continue;
    const std::lock_guard<std::mutex> gate_lock(gate->mutex);
    for (const auto& callback : gate->foreign) {
      if (callback->kind == kind && callback->id == id && !callback->is_held) callback->is_outdated = true;
    }
  }
}

}  // namespace rxvirt
