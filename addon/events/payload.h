// SPDX-License-Identifier: MIT
#pragma once
#include <libvirt/libvirt.h>

#include <type_traits>

#include "events/queue.h"

namespace rxvirt {

// How each type of argument of libvirt's event callbacks is written. An overload for a new type is all that
// an event with one needs; lib/events/ reads the arguments back in the order of the callback's signature.
using Payload = EventQueue::Event;

template <typename Number, std::enable_if_t<std::is_arithmetic_v<Number>, int> = 0>
void Append(Payload& payload, Number number) {
  payload.Number(static_cast<double>(number));
}

void Append(Payload& payload, const char* text);
void Append(Payload& payload, virDomainPtr domain);
// Name and uuid.
void Append(Payload& payload, virNetworkPtr network);
void Append(Payload& payload, virStoragePoolPtr pool);
// Its name.
void Append(Payload& payload, virNodeDevicePtr device);
// The usage's number; uuid and usage id.
void Append(Payload& payload, virSecretPtr secret);
// 1, the family, and two strings; or 0 for no address.
void Append(Payload& payload, const virDomainEventGraphicsAddress* address);
// How many identities, and two strings of each.
void Append(Payload& payload, const virDomainEventGraphicsSubject* subject);
// How many, and of each its name, its type and its value.
void Append(Payload& payload, virTypedParameterPtr parameters, int count);

// All arguments of a callback but the last one, which is the opaque pointer.
inline void AppendAll(Payload&, void*) {}

template <typename... Rest>
void AppendAll(Payload& payload, virTypedParameterPtr parameters, int count, Rest... rest);

template <typename First, typename... Rest>
void AppendAll(Payload& payload, First first, Rest... rest) {
  Append(payload, first);
  AppendAll(payload, rest...);
}

template <typename... Rest>
void AppendAll(Payload& payload, virTypedParameterPtr parameters, int count, Rest... rest) {
  Append(payload, parameters, count);
  AppendAll(payload, rest...);
}

}  // namespace rxvirt
