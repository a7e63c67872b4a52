// SPDX-License-Identifier: MIT
#include "events/domain_identity.h"

#include <atomic>
#include <cstddef>
#include <cstring>

#include "library/functions.h"

namespace rxvirt {
namespace {

DomainIdentity AskLibvirt(virDomainPtr domain) {
  DomainIdentity identity{};
  const char* name = virDomainGetName(domain);
  identity.name = name != nullptr ? name : "";
  virDomainGetUUID(domain, identity.uuid.data());
  identity.id = static_cast<int>(virDomainGetID(domain));
  return identity;
}

// virDomainGetUUID() and virDomainGetID() each print the uuid into a debug message that is thrown away
// (VIR_DOMAIN_DEBUG, libvirt 0.9 to 11). In a flood of events that is a third of the cost of one event.
// virDomainGetName() prints nothing. It returns the name pointer that is stored in the virDomain, and there
// the id and the uuid follow that pointer. This order is older than ten years, but it is private to libvirt.
// So the first domain of the process is read both ways, and the order is relied on only if both results are
// the same. Otherwise libvirt is asked each time. Remove this when those functions no longer print.
constexpr std::ptrdiff_t kNotProbed = -1;
constexpr std::ptrdiff_t kUnknownLayout = -2;
constexpr size_t kMaxNameOffset = 48;  // a virDomain with the name here still has id and uuid behind it

std::atomic<std::ptrdiff_t> name_offset{kNotProbed};

DomainIdentity ReadAt(virDomainPtr domain, std::ptrdiff_t offset) {
  const char* at = reinterpret_cast<const char*>(domain) + offset;
  DomainIdentity identity{};
  std::memcpy(&identity.name, at, sizeof identity.name);
  std::memcpy(&identity.id, at + sizeof identity.name, sizeof identity.id);
  std::memcpy(identity.uuid.data(), at + sizeof identity.name + sizeof identity.id, identity.uuid.size());
  return identity;
}

std::ptrdiff_t Probe(virDomainPtr domain, const DomainIdentity& truth) {
  for (size_t offset = sizeof(void*); offset <= kMaxNameOffset; offset += sizeof(void*)) {
    const char* name = nullptr;
    std::memcpy(&name, reinterpret_cast<const char*>(domain) + offset, sizeof name);
    if (name != truth.name) continue;
    const DomainIdentity read = ReadAt(domain, static_cast<std::ptrdiff_t>(offset));
    if (read.id == truth.id && read.uuid == truth.uuid) return static_cast<std::ptrdiff_t>(offset);
  }
  return kUnknownLayout;
}

}  // namespace

DomainIdentity IdentityOf(virDomainPtr domain) {
  const std::ptrdiff_t offset = name_offset.load(std::memory_order_relaxed);
  if (offset >= 0) return ReadAt(domain, offset);
  const DomainIdentity truth = AskLibvirt(domain);
  if (offset == kNotProbed) name_offset = Probe(domain, truth);
  return truth;
}

}  // namespace rxvirt
