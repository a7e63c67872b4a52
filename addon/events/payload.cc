// SPDX-License-Identifier: MIT
#include "events/payload.h"

#include "events/typed_parameters.h"
#include "library/functions.h"

namespace rxvirt {
namespace {

template <typename Object>
void AppendNamed(Payload& payload, Object* object, const Function<const char*(Object*)>& get_name,
                 const Function<int(Object*, char*)>& get_uuid) {
  char uuid[VIR_UUID_STRING_BUFLEN] = "";
  get_uuid(object, uuid);
  payload.Text(get_name(object)).Text(uuid);
}

}  // namespace

void Append(Payload& payload, const char* text) { payload.Text(text); }

void Append(Payload& payload, virDomainPtr domain) { payload.Domain(domain); }

void Append(Payload& payload, virNetworkPtr network) {
  AppendNamed(payload, network, virNetworkGetName, virNetworkGetUUIDString);
}

void Append(Payload& payload, virStoragePoolPtr pool) {
  AppendNamed(payload, pool, virStoragePoolGetName, virStoragePoolGetUUIDString);
}

void Append(Payload& payload, virNodeDevicePtr device) { payload.Text(virNodeDeviceGetName(device)); }

void Append(Payload& payload, virSecretPtr secret) {
  char uuid[VIR_UUID_STRING_BUFLEN] = "";
  virSecretGetUUIDString(secret, uuid);
  payload.Number(virSecretGetUsageType(secret)).Text(uuid).Text(virSecretGetUsageID(secret));
}

void Append(Payload& payload, const virDomainEventGraphicsAddress* address) {
  payload.Number(address != nullptr ? 1 : 0);
  if (address != nullptr) payload.Number(address->family).Text(address->node).Text(address->service);
}

void Append(Payload& payload, const virDomainEventGraphicsSubject* subject) {
  const int identities = subject != nullptr ? subject->nidentity : 0;
  payload.Number(identities);
  for (int i = 0; i < identities; ++i) {
    payload.Text(subject->identities[i].type).Text(subject->identities[i].name);
  }
}

void Append(Payload& payload, virTypedParameterPtr parameters, int count) {
  AppendParameters(payload, parameters, count);
}

}  // namespace rxvirt
