// SPDX-License-Identifier: MIT
#pragma once
#include <libvirt/libvirt-qemu.h>
#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>

#include "library/library.h"

// The libvirt functions that the addon itself needs. All of them are in the oldest libvirt that the addon
// works with. In this namespace they hide libvirt's own declarations of the same names: a call of one of
// those would link the addon against the library. The functions that JavaScript calls by name are in
// calls/table.cc.
namespace rxvirt {

inline Library libvirt{"libvirt.so.0"};
// libvirt's functions for QEMU only: monitor events. Without this library all other events still work.
inline Library libvirt_qemu{"libvirt-qemu.so.0"};

#define RXVIRT_FUNCTION(library, name) \
  inline Function<decltype(::name)> name { library, #name }

RXVIRT_FUNCTION(libvirt, virConnectClose);
RXVIRT_FUNCTION(libvirt, virConnectDomainEventDeregisterAny);
RXVIRT_FUNCTION(libvirt, virConnectDomainEventRegisterAny);
RXVIRT_FUNCTION(libvirt, virConnectGetLibVersion);
RXVIRT_FUNCTION(libvirt, virConnectGetURI);
RXVIRT_FUNCTION(libvirt, virConnectIsAlive);
RXVIRT_FUNCTION(libvirt, virConnectNetworkEventDeregisterAny);
RXVIRT_FUNCTION(libvirt, virConnectNetworkEventRegisterAny);
RXVIRT_FUNCTION(libvirt, virConnectNodeDeviceEventDeregisterAny);
RXVIRT_FUNCTION(libvirt, virConnectNodeDeviceEventRegisterAny);
RXVIRT_FUNCTION(libvirt, virConnectOpen);
RXVIRT_FUNCTION(libvirt, virConnectOpenAuth);
RXVIRT_FUNCTION(libvirt, virConnectOpenReadOnly);
RXVIRT_FUNCTION(libvirt, virConnectRef);
RXVIRT_FUNCTION(libvirt, virConnectRegisterCloseCallback);
RXVIRT_FUNCTION(libvirt, virConnectSecretEventDeregisterAny);
RXVIRT_FUNCTION(libvirt, virConnectSecretEventRegisterAny);
RXVIRT_FUNCTION(libvirt, virConnectSetKeepAlive);
RXVIRT_FUNCTION(libvirt, virConnectStoragePoolEventDeregisterAny);
RXVIRT_FUNCTION(libvirt, virConnectStoragePoolEventRegisterAny);
RXVIRT_FUNCTION(libvirt, virConnectUnregisterCloseCallback);
RXVIRT_FUNCTION(libvirt, virDomainCheckpointFree);
RXVIRT_FUNCTION(libvirt, virDomainCheckpointGetName);
RXVIRT_FUNCTION(libvirt, virDomainCheckpointRef);
RXVIRT_FUNCTION(libvirt, virDomainFSInfoFree);
RXVIRT_FUNCTION(libvirt, virDomainFree);
RXVIRT_FUNCTION(libvirt, virDomainGetID);
RXVIRT_FUNCTION(libvirt, virDomainGetName);
RXVIRT_FUNCTION(libvirt, virDomainGetUUID);
RXVIRT_FUNCTION(libvirt, virDomainIOThreadInfoFree);
RXVIRT_FUNCTION(libvirt, virDomainInterfaceFree);
RXVIRT_FUNCTION(libvirt, virDomainLookupByUUIDString);
RXVIRT_FUNCTION(libvirt, virDomainRef);
RXVIRT_FUNCTION(libvirt, virDomainSnapshotFree);
RXVIRT_FUNCTION(libvirt, virDomainSnapshotGetName);
RXVIRT_FUNCTION(libvirt, virDomainSnapshotRef);
RXVIRT_FUNCTION(libvirt, virEventAddHandle);
RXVIRT_FUNCTION(libvirt, virEventAddTimeout);
RXVIRT_FUNCTION(libvirt, virEventRegisterDefaultImpl);
RXVIRT_FUNCTION(libvirt, virEventRegisterImpl);
RXVIRT_FUNCTION(libvirt, virEventRemoveHandle);
RXVIRT_FUNCTION(libvirt, virEventRemoveTimeout);
RXVIRT_FUNCTION(libvirt, virEventRunDefaultImpl);
RXVIRT_FUNCTION(libvirt, virEventUpdateHandle);
RXVIRT_FUNCTION(libvirt, virEventUpdateTimeout);
RXVIRT_FUNCTION(libvirt, virGetLastError);
RXVIRT_FUNCTION(libvirt, virGetLastErrorCode);
RXVIRT_FUNCTION(libvirt, virGetVersion);
RXVIRT_FUNCTION(libvirt, virInitialize);
RXVIRT_FUNCTION(libvirt, virInterfaceFree);
RXVIRT_FUNCTION(libvirt, virInterfaceGetName);
RXVIRT_FUNCTION(libvirt, virInterfaceLookupByName);
RXVIRT_FUNCTION(libvirt, virInterfaceRef);
RXVIRT_FUNCTION(libvirt, virNWFilterBindingFree);
RXVIRT_FUNCTION(libvirt, virNWFilterBindingGetFilterName);
RXVIRT_FUNCTION(libvirt, virNWFilterBindingGetPortDev);
RXVIRT_FUNCTION(libvirt, virNWFilterBindingLookupByPortDev);
RXVIRT_FUNCTION(libvirt, virNWFilterBindingRef);
RXVIRT_FUNCTION(libvirt, virNWFilterFree);
RXVIRT_FUNCTION(libvirt, virNWFilterGetName);
RXVIRT_FUNCTION(libvirt, virNWFilterGetUUID);
RXVIRT_FUNCTION(libvirt, virNWFilterLookupByUUIDString);
RXVIRT_FUNCTION(libvirt, virNWFilterRef);
RXVIRT_FUNCTION(libvirt, virNetworkDHCPLeaseFree);
RXVIRT_FUNCTION(libvirt, virNetworkFree);
RXVIRT_FUNCTION(libvirt, virNetworkGetName);
RXVIRT_FUNCTION(libvirt, virNetworkGetUUID);
RXVIRT_FUNCTION(libvirt, virNetworkGetUUIDString);
RXVIRT_FUNCTION(libvirt, virNetworkLookupByUUIDString);
RXVIRT_FUNCTION(libvirt, virNetworkPortFree);
RXVIRT_FUNCTION(libvirt, virNetworkPortGetUUID);
RXVIRT_FUNCTION(libvirt, virNetworkPortRef);
RXVIRT_FUNCTION(libvirt, virNetworkRef);
RXVIRT_FUNCTION(libvirt, virNodeDeviceFree);
RXVIRT_FUNCTION(libvirt, virNodeDeviceGetName);
RXVIRT_FUNCTION(libvirt, virNodeDeviceLookupByName);
RXVIRT_FUNCTION(libvirt, virNodeDeviceRef);
RXVIRT_FUNCTION(libvirt, virResetLastError);
RXVIRT_FUNCTION(libvirt, virSecretFree);
RXVIRT_FUNCTION(libvirt, virSecretGetUUID);
RXVIRT_FUNCTION(libvirt, virSecretGetUUIDString);
RXVIRT_FUNCTION(libvirt, virSecretGetUsageID);
RXVIRT_FUNCTION(libvirt, virSecretGetUsageType);
RXVIRT_FUNCTION(libvirt, virSecretLookupByUUIDString);
RXVIRT_FUNCTION(libvirt, virSecretRef);
RXVIRT_FUNCTION(libvirt, virSetErrorFunc);
RXVIRT_FUNCTION(libvirt, virStoragePoolFree);
RXVIRT_FUNCTION(libvirt, virStoragePoolGetName);
RXVIRT_FUNCTION(libvirt, virStoragePoolGetUUID);
RXVIRT_FUNCTION(libvirt, virStoragePoolGetUUIDString);
RXVIRT_FUNCTION(libvirt, virStoragePoolLookupByUUIDString);
RXVIRT_FUNCTION(libvirt, virStoragePoolRef);
RXVIRT_FUNCTION(libvirt, virStorageVolFree);
RXVIRT_FUNCTION(libvirt, virStorageVolGetKey);
RXVIRT_FUNCTION(libvirt, virStorageVolGetName);
RXVIRT_FUNCTION(libvirt, virStorageVolLookupByKey);
RXVIRT_FUNCTION(libvirt, virStorageVolRef);
RXVIRT_FUNCTION(libvirt, virStreamEventAddCallback);
RXVIRT_FUNCTION(libvirt, virStreamAbort);
RXVIRT_FUNCTION(libvirt, virStreamEventRemoveCallback);
RXVIRT_FUNCTION(libvirt, virStreamEventUpdateCallback);
RXVIRT_FUNCTION(libvirt, virStreamFree);
RXVIRT_FUNCTION(libvirt, virStreamRecv);
RXVIRT_FUNCTION(libvirt, virStreamRecvFlags);
RXVIRT_FUNCTION(libvirt, virStreamRecvHole);
RXVIRT_FUNCTION(libvirt, virStreamRef);
RXVIRT_FUNCTION(libvirt, virStreamSend);
RXVIRT_FUNCTION(libvirt, virStreamSendHole);
RXVIRT_FUNCTION(libvirt, virTypedParamsClear);
RXVIRT_FUNCTION(libvirt, virTypedParamsFree);

RXVIRT_FUNCTION(libvirt_qemu, virConnectDomainQemuMonitorEventDeregister);
RXVIRT_FUNCTION(libvirt_qemu, virConnectDomainQemuMonitorEventRegister);

#undef RXVIRT_FUNCTION

}  // namespace rxvirt
