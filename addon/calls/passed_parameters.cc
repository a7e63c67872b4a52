// SPDX-License-Identifier: MIT
#include "calls/passed_parameters.h"

namespace rxvirt {

PassedParameters::PassedParameters(PassedValues& passed) {
  const Napi::Value value = passed.Next();
  if (!value.IsArray()) passed.Refuse("an array of typed parameters");
  const auto array = value.As<Napi::Array>();
  if (array.Length() % 3 != 0) passed.Refuse("the name, type and value of each typed parameter");
  for (uint32_t i = 0; i < array.Length(); i += 3) {
    const Napi::HandleScope scope(passed.env());
    Add(passed, passed.Text(array.Get(i)), passed.Integer<int>(array.Get(i + 1)), array.Get(i + 2));
  }
}

void PassedParameters::Add(PassedValues& passed, const std::string& name, int type,
                           const Napi::Value& value) {
  virTypedParameter parameter{};
  if (name.empty() || name.size() >= sizeof parameter.field) passed.Refuse("names of 1 to 79 bytes");
  name.copy(parameter.field, name.size());
  parameter.type = type;
  switch (type) {
    case VIR_TYPED_PARAM_INT:
      parameter.value.i = passed.Integer<int>(value);
      break;
    case VIR_TYPED_PARAM_UINT:
      parameter.value.ui = passed.Integer<unsigned int>(value);
      break;
    case VIR_TYPED_PARAM_LLONG:
      parameter.value.l = passed.Integer<long long>(value);
      break;
    case VIR_TYPED_PARAM_ULLONG:
      parameter.value.ul = passed.Integer<unsigned long long>(value);
      break;
    case VIR_TYPED_PARAM_DOUBLE:
      if (!value.IsNumber()) passed.Refuse("a number for each double");
      parameter.value.d = value.As<Napi::Number>().DoubleValue();
      break;
    case VIR_TYPED_PARAM_BOOLEAN:
      if (!value.IsBoolean()) passed.Refuse("true or false for each boolean");
      parameter.value.b = value.As<Napi::Boolean>().Value() ? 1 : 0;
      break;
    case VIR_TYPED_PARAM_STRING:
      parameter.value.s = texts_.emplace_back(passed.Text(value)).data();
      break;
    default:
      passed.Refuse("known types of typed parameters");
  }
  all_.push_back(parameter);
}

}  // namespace rxvirt
