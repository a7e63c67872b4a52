// SPDX-License-Identifier: MIT
// The functions of a connection: what it is, and what it finds and makes.
#include "calls/tables/rows.h"

namespace rxvirt {
namespace {

// clang-format off
const CallRow kRows[] = {
    CALL(virConnectBaselineCPU),
    CALL(virConnectBaselineHypervisorCPU),
    CALL(virConnectCompareCPU),
    CALL(virConnectCompareHypervisorCPU),
    CALL(virConnectDomainXMLFromNative),
    CALL(virConnectDomainXMLToNative),
    CALL(virConnectFindStoragePoolSources),
    CALL(virConnectGetAllDomainStats),
    CALL(virConnectGetCPUModelNames),
    CALL(virConnectGetCapabilities),
    CALL(virConnectGetDomainCapabilities),
    CALL(virConnectGetHostname),
    CALL(virConnectGetLibVersion),
    CALL(virConnectGetMaxVcpus),
    CALL(virConnectGetStoragePoolCapabilities),
    CALL(virConnectGetSysinfo),
    CALL(virConnectGetType),
    CALL(virConnectGetVersion),
    CALL(virConnectIsAlive),
    CALL(virConnectIsEncrypted),
    CALL(virConnectIsSecure),
    CALL(virConnectListAllDomains),
    CALL(virConnectListAllInterfaces),
    CALL(virConnectListAllNWFilterBindings),
    CALL(virConnectListAllNWFilters),
    CALL(virConnectListAllNetworks),
    CALL(virConnectListAllNodeDevices),
    CALL(virConnectListAllSecrets),
    CALL(virConnectListAllStoragePools),
    CALL(virConnectSetIdentity),
    CALL(virDomainCreateXML),
    CALL(virDomainCreateXMLWithFiles),
    CALL(virDomainDefineXMLFlags),
    CALL(virDomainLookupByID),
    CALL(virDomainLookupByName),
    CALL(virDomainLookupByUUIDString),
    CALL(virDomainRestoreFlags),
    CALL_SINCE(virDomainRestoreParams, 8, 4, int(virConnectPtr, virTypedParameterPtr, int, unsigned int)),
    CALL(virDomainSaveImageDefineXML),
    CALL(virDomainSaveImageGetXMLDesc),
    CALL(virInterfaceChangeBegin),
    CALL(virInterfaceChangeCommit),
    CALL(virInterfaceChangeRollback),
    CALL(virInterfaceDefineXML),
    CALL(virInterfaceLookupByMACString),
    CALL(virInterfaceLookupByName),
    CALL(virNWFilterBindingCreateXML),
    CALL(virNWFilterBindingLookupByPortDev),
    CALL(virNWFilterDefineXML),
    CALL_SINCE(virNWFilterDefineXMLFlags, 7, 7, virNWFilterPtr(virConnectPtr, const char*, unsigned int)),
    CALL(virNWFilterLookupByName),
    CALL(virNWFilterLookupByUUIDString),
    CALL(virNetworkCreateXML),
    CALL_SINCE(virNetworkCreateXMLFlags, 7, 8, virNetworkPtr(virConnectPtr, const char*, unsigned int)),
    CALL(virNetworkDefineXML),
    CALL_SINCE(virNetworkDefineXMLFlags, 7, 7, virNetworkPtr(virConnectPtr, const char*, unsigned int)),
    CALL(virNetworkLookupByName),
    CALL(virNetworkLookupByUUIDString),
    CALL(virSecretDefineXML),
    CALL(virSecretLookupByUUIDString),
    CALL(virSecretLookupByUsage),
    CALL(virStoragePoolCreateXML),
    CALL(virStoragePoolDefineXML),
    CALL(virStoragePoolLookupByName),
    CALL(virStoragePoolLookupByTargetPath),
    CALL(virStoragePoolLookupByUUIDString),
    CALL(virStorageVolLookupByKey),
    CALL(virStorageVolLookupByPath),
};
// clang-format on

}  // namespace

CallRows ConnectionRows() { return Rows(kRows); }

}  // namespace rxvirt
