// SPDX-License-Identifier: MIT
#pragma once
#include <libvirt/libvirt.h>

namespace rxvirt {

// Appends the type's number and then the value, which can be a number or a string. A type that is newer than
// this table has no value.
template <typename Payload>
void AppendValue(Payload& payload, const virTypedParameter& parameter) {
  payload.Number(parameter.type);
  switch (parameter.type) {
    case VIR_TYPED_PARAM_INT:
      return (void)payload.Number(parameter.value.i);
    case VIR_TYPED_PARAM_UINT:
      return (void)payload.Number(parameter.value.ui);
    case VIR_TYPED_PARAM_LLONG:
      return (void)payload.Number(static_cast<double>(parameter.value.l));
    case VIR_TYPED_PARAM_ULLONG:
      return (void)payload.Number(static_cast<double>(parameter.value.ul));
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
// lib/events/typed-parameters.ts reads them back.
template <typename Payload>
void AppendParameters(Payload& payload, const virTypedParameter* parameters, int count) {
  payload.Number(count);
  for (int i = 0; i < count; ++i) {
    payload.Text(parameters[i].field);
    AppendValue(payload, parameters[i]);
  }
}

}  // namespace rxvirt
