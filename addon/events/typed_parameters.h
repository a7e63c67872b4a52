// SPDX-License-Identifier: MIT
#pragma once
#include <libvirt/libvirt.h>

#include <string>

#include "events/exact_integer.h"

namespace rxvirt {

// Beside libvirt's types: an integer of 64 bits that a double can't hold, as a text of decimal digits.
constexpr int kDigits = -1;

// Appends the type's number and then the value.
template <typename Payload, typename Integer>
void AppendInteger(Payload& payload, int type, Integer integer) {
  if (IsExact(integer)) {
    payload.Number(type);
    payload.Number(static_cast<double>(integer));
  } else {
    payload.Number(kDigits);
    payload.Text(std::to_string(integer).c_str());
  }
}

// Appends the type's number and then the value, which can be a number or a string. A type that is newer than
// this table has no value.
template <typename Payload>
void AppendValue(Payload& payload, const virTypedParameter& parameter) {
  if (parameter.type == VIR_TYPED_PARAM_LLONG)
    return AppendInteger(payload, parameter.type, parameter.value.l);
  if (parameter.type == VIR_TYPED_PARAM_ULLONG)
    return AppendInteger(payload, parameter.type, parameter.value.ul);
  payload.Number(parameter.type);
  switch (parameter.type) {
    case VIR_TYPED_PARAM_INT:
      return (void)payload.Number(parameter.value.i);
    case VIR_TYPED_PARAM_UINT:
      return (void)payload.Number(parameter.value.ui);
    case VIR_TYPED_PARAM_DOUBLE:
      return (void)payload.Number(parameter.value.d);
    case VIR_TYPED_PARAM_BOOLEAN:
      return (void)payload.Number(parameter.value.b != 0 ? 1 : 0);
    case VIR_TYPED_PARAM_STRING:
      return (void)payload.Text(parameter.value.s);
    default:
      return;
  }
}

// Appends the number of parameters, and for each its name, its type and its value.
// lib/events/typed-parameters.ts reads those of an event back.
template <typename Payload, typename Parameter>
void AppendParameters(Payload& payload, const Parameter* parameters, int count) {
  payload.Number(count);
  for (int i = 0; i < count; ++i) {
    payload.Field(parameters[i].field);
    AppendValue(payload, parameters[i]);
  }
}

}  // namespace rxvirt
