// SPDX-License-Identifier: MIT
#pragma once
#include <libvirt/libvirt.h>

#include <cstdlib>
#include <vector>

#include "calls/own_fds.h"
#include "calls/parameter_values.h"
#include "calls/plain_items.h"

namespace rxvirt {

inline void FreeDiskError(virDomainDiskError error) { free(error.disk); }
using DiskErrors = OwnedArray<virDomainDiskError, FreeDiskError>;

// The types of ours through which the functions of odd_calls.h return something.
template <typename Own>
struct IsOwn;
template <typename Item>
struct IsOwn<std::vector<Item>> {
  using Type = std::vector<Item>;
};
template <>
struct IsOwn<DiskErrors> {
  using Type = DiskErrors;
};
template <>
struct IsOwn<OwnFds> {
  using Type = OwnFds;
};
template <>
struct IsOwn<OwnedText> {
  using Type = OwnedText;
};
template <>
struct IsOwn<OwnedTexts> {
  using Type = OwnedTexts;
};
template <>
struct IsOwn<ParameterValues> {
  using Type = ParameterValues;
};

}  // namespace rxvirt
