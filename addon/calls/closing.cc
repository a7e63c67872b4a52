// SPDX-License-Identifier: MIT
#include "calls/closing.h"

#include <memory>
#include <utility>

#include "calls/reaper.h"
#include "events/families.h"
#include "library/functions.h"
#include "loop/bridge.h"
#include "node/from_c.h"

namespace rxvirt {

void OnConnectionClosed(virConnectPtr, int reason, void* target) {
  // libvirt frees the target when this returns, and the end may be told later.
  const auto queue = EventTargets::Instance().Find(target).queue;
  if (queue == nullptr) return;
  const auto tell = [](const std::shared_ptr<void>& receiver, int why, double read_until_ms) {
    EventQueue::AppendEnd(std::static_pointer_cast<EventQueue>(receiver), why, read_until_ms);
  };
  EventBridge::Instance().TellEnd(*queue->owner, {tell, queue, reason});
}

TakenOut TakeOut(ConnectionState& state) {
  TakenOut held;
  {
    const std::lock_guard<std::mutex> lock(state.mutex);
    held.objects.reserve(state.objects.size());  // before anything is taken: it may find no memory
    held.connection = std::exchange(state.connection, nullptr);
    held.close_target = std::exchange(state.close_target, nullptr);
    held.registrations.swap(state.registrations);
    for (HeldObject* object : state.objects) held.objects.push_back(object->TakeOut());
    state.objects.clear();
  }
  // Waits for those that another thread is releasing: some microseconds.
  const std::lock_guard<std::mutex> released(state.releasing);
  return held;
}

int Close(TakenOut held, SourceOwner& owner, RequestTurns& turns) {
  if (held.connection == nullptr) return 0;
  const RequestTurn turn(turns);
  const OwnerScope scope(nullptr);
  // While a callback is registered or an object held, virConnectClose() leaves the connection open.
  for (const auto& [token, registration] : held.registrations) Deregister(held.connection, registration);
  (void)virConnectUnregisterCloseCallback(held.connection, FromC<OnConnectionClosed>);
  EventTargets::Instance().Remove(held.close_target);
  for (Reference& object : held.objects) object.Free();
  // A callback of the connection holds a reference while it runs. If that were the last reference, the loop's
  // thread would close the connection, and would block until the other side answers.
  EventBridge::Instance().AbandonAndWait(owner);
  return virConnectClose(held.connection);
}

// The last share may be dropped before the connection is closed. This thread must not block, so the reaper
// closes the connection.
ConnectionState::~ConnectionState() {
  if (connection == nullptr) return;
  RunOnReaper([held = TakeOut(*this), owner = owner, calls = calls]() mutable {
    (void)Close(std::move(held), *owner, calls->turns);
  });
}

void CloseOnReaper(const std::shared_ptr<ConnectionState>& state) {
  RunOnReaper([state] { (void)Close(TakeOut(*state), *state->owner, state->calls->turns); });
}

}  // namespace rxvirt
