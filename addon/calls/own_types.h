// SPDX-License-Identifier: MIT
#pragma once
#include <libvirt/libvirt.h>

#include <cstdlib>
#include <type_traits>
#include <vector>

#include "calls/own_fds.h"
#include "calls/parameter_values.h"
#include "calls/plain_items.h"
#include "calls/stream_bytes.h"

namespace rxvirt {

using Bytes = std::vector<unsigned char>;

inline void FreeDiskError(virDomainDiskError error) { free(error.disk); }
using DiskErrors = OwnedArray<virDomainDiskError, FreeDiskError>;

// The types of ours through which the functions of odd_calls.h return something.
template <typename Type>
constexpr bool kIsOwn =
    std::disjunction_v<std::is_same<Type, DiskErrors>, std::is_same<Type, OwnFds>,
                       std::is_same<Type, OwnedText>, std::is_same<Type, StreamBytes>,
                       std::is_same<Type, OwnedTexts>, std::is_same<Type, ParameterValues>>;
template <typename Item>
constexpr bool kIsOwn<std::vector<Item>> = true;

}  // namespace rxvirt
