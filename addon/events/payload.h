// SPDX-License-Identifier: MIT
#pragma once
#include <libvirt/libvirt.h>

#include <type_traits>

#include "events/queue.h"

namespace rxvirt {

// How each type of argument of libvirt's event callbacks is written to the payload. An event with a new type
// of argument needs one more overload of Append(). lib/events/ reads the arguments back in the order of the
// callback's signature.
using Payload = EventQueue::Event;

template <typename Number, std::enable_if_t<std::is_arithmetic_v<Number>, int> = 0>
void Append(Payload& payload, Number number) {
  payload.Number(static_cast<double>(number));
}

void Append(Payload& payload, const char* text);
void Append(Payload& payload, virDomainPtr domain);
// Two strings: name and uuid.
void Append(Payload& payload, virNetworkPtr network);
void Append(Payload& payload, virStoragePoolPtr pool);
// One string: the name.
void Append(Payload& payload, virNodeDevicePtr device);
// One number: the usage type. Two strings: uuid and usage id.
void Append(Payload& payload, virSecretPtr secret);
// The number 1, the family's number, and two strings: node and service. Only the number 0 when there is no
// address.
void Append(Payload& payload, const virDomainEventGraphicsAddress* address);
// The number of identities, and two strings for each: type and name.
void Append(Payload& payload, const virDomainEventGraphicsSubject* subject);
// The number of parameters, and for each its name, its type and its value.
void Append(Payload& payload, virTypedParameterPtr parameters, int count);

// Appends all arguments of a callback except the last one, which is the opaque pointer.
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
