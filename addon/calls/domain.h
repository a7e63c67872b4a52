// SPDX-License-Identifier: MIT
#pragma once
#include <libvirt/libvirt.h>
#include <napi.h>

#include <memory>

#include "calls/held.h"

namespace rxvirt {

using DomainState = Held<virDomain>;

std::shared_ptr<DomainState> ToDomain(const Napi::Value& handle);

void ExportDomainFunctions(AddonData& data, Napi::Object exports);

}  // namespace rxvirt
