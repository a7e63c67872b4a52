// SPDX-License-Identifier: MIT
#pragma once
#include <libvirt/libvirt.h>

#include <tuple>

namespace rxvirt {

// The numbers of the plain structures that libvirt's functions fill. JavaScript gets them in an array, in
// this order.
template <typename Info>
struct InfoFields;

template <>
struct InfoFields<virStoragePoolInfo> {
  static constexpr auto kAll =
      std::make_tuple(&virStoragePoolInfo::state, &virStoragePoolInfo::capacity,
                      &virStoragePoolInfo::allocation, &virStoragePoolInfo::available);
};

}  // namespace rxvirt
