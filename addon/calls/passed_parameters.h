// SPDX-License-Identifier: MIT
#pragma once
#include <libvirt/libvirt.h>

#include <cstddef>
#include <list>
#include <string>
#include <vector>

#include "calls/passed_values.h"

namespace rxvirt {

// The typed parameters that JavaScript passes: an array with the name, the number of the type, and the value
// of each, one after the other. lib/calls/parameters.ts makes it.
class PassedParameters {
 public:
  // Throws a TypeError for an array that isn't like that.
  explicit PassedParameters(PassedValues& passed);
  PassedParameters(PassedParameters&&) = default;

  [[nodiscard]] const virTypedParameter* data() const { return all_.empty() ? nullptr : all_.data(); }
  [[nodiscard]] size_t size() const { return all_.size(); }

 private:
  void Add(PassedValues& passed, const std::string& name, int type, const Napi::Value& value);

  std::vector<virTypedParameter> all_;
  std::list<std::string> texts_;  // the parameters point to them
};

}  // namespace rxvirt
