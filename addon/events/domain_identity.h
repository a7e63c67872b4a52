// SPDX-License-Identifier: MIT
#pragma once
#include <libvirt/libvirt.h>

#include <array>

namespace rxvirt {

// The name, uuid and id that a virDomainPtr holds.
struct DomainIdentity {
  const char* name;  // lives as long as the virDomainPtr
  std::array<unsigned char, VIR_UUID_BUFLEN> uuid;
  int id;  // -1 when it isn't running
};

// Any thread, without blocking.
DomainIdentity IdentityOf(virDomainPtr domain);

}  // namespace rxvirt
