// SPDX-License-Identifier: MIT
#include "calls/stream_events.h"

#include <libvirt/libvirt.h>

#include <atomic>

#include "calls/async_call.h"
#include "calls/held.h"
#include "calls/passed_values.h"
#include "events/payload.h"
#include "events/target.h"
#include "export.h"
#include "library/functions.h"
#include "loop/bridge.h"
#include "node/from_c.h"

namespace rxvirt {
namespace {

// Any thread that serves the loop. A stream that is ready stays so until it is read, and its callback would
// be called again and again. So it waits until JavaScript asks for the next event.
void OnStreamEvent(virStreamPtr stream, int events, void* opaque) {
  (void)virStreamEventUpdateCallback(stream, 0);
  auto event = EventFor(opaque);
  event.Number(events);
}

// (stream, token): reports on this route when the stream is ready for something. virStreamEventUpdateCallback
// says for what.
Napi::Value WatchStream(const Napi::CallbackInfo& info) {
  auto& data = AddonData::Of(info);
  PassedValues passed(info, "watchStream");
  const auto held = passed.NextHandle<Held<virStream>>();
  const int token = passed.NextInteger<int>();
  return PostCall<int>(
      data, held->connection->calls,
      [held, token]() -> CallResult<int> {
        const Borrowed<virStream> stream(*held);
        if (stream.get() == nullptr) return stream.error().Of(virStreamEventAddCallback.name);
        void* const target = EventTargets::Instance().Add({held->connection->events, token});
        const int result =
            virStreamEventAddCallback(stream.get(), 0, FromC<OnStreamEvent>, target, FromC<FreeEventTarget>);
        if (result >= 0) return result;
        EventTargets::Instance().Remove(target);
        return VirError::Last(virStreamEventAddCallback.name);
      },
      [](Napi::Env env, int&) { return env.Undefined(); });
}

// (connection, may read): lets the loop read the connection's socket, or not. For connections without events.
void AllowReading(const Napi::CallbackInfo& info) {
  auto& data = AddonData::Of(info);
  const auto connection = PassedValues(info, "allowReading").NextHandle<ConnectionState>();
  const std::atomic<bool> may_read{info[1].As<Napi::Boolean>()};
  data.Inside([&] { EventBridge::Instance().ApplyReading(*connection->owner, may_read); });
}

// (connection): reads a message of a connection that the loop doesn't read, so that a call that begins next
// finds the answer to keepalive. See EventBridge::ReadBeforeCalls().
void ReadBeforeCalls(const Napi::CallbackInfo& info) {
  auto& data = AddonData::Of(info);
  const auto connection = PassedValues(info, "readBeforeCalls").NextHandle<ConnectionState>();
  if (!data.owns_bridge()) return;
  data.Inside([&] { EventBridge::Instance().ReadBeforeCalls(connection->owner); });
}

// (connection)
Napi::Value HasSocket(const Napi::CallbackInfo& info) {
  const auto connection = PassedValues(info, "hasSocket").NextHandle<ConnectionState>();
  return Napi::Boolean::New(info.Env(), EventBridge::Instance().HasSocket(*connection->owner));
}

}  // namespace

void ExportStreamEvents(AddonData& data, Napi::Object exports) {
  Export<WatchStream>(data, exports, "watchStream");
  Export<AllowReading>(data, exports, "allowReading");
  Export<HasSocket>(data, exports, "hasSocket");
  Export<ReadBeforeCalls>(data, exports, "readBeforeCalls");
}

}  // namespace rxvirt
