// SPDX-License-Identifier: MIT
// The functions of the host.
#include "calls/tables/rows.h"

namespace rxvirt {
namespace {

// clang-format off
const CallRow kRows[] = {
    ODD(virNodeAllocPages, AllocPages),
    CALL(virNodeDeviceCreateXML),
    CALL_SINCE(virNodeDeviceDefineXML, 7, 3, virNodeDevicePtr(virConnectPtr, const char*, unsigned int)),
    CALL(virNodeDeviceLookupByName),
    CALL(virNodeDeviceLookupSCSIHostByWWN),
    ODD(virNodeGetCPUMap, CpuMap),
    CALL(virNodeGetCPUStats),
    ODD(virNodeGetCellsFreeMemory, FreeMemoryOfCells),
    CALL(virNodeGetFreeMemory),
    ODD(virNodeGetFreePages, FreePages),
    CALL(virNodeGetInfo),
    CALL(virNodeGetMemoryParameters),
    CALL(virNodeGetMemoryStats),
    CALL(virNodeGetSEVInfo),
    CALL(virNodeGetSecurityModel),
    CALL(virNodeSetMemoryParameters),
    CALL(virNodeSuspendForDuration),
};
// clang-format on

}  // namespace

CallRows NodeRows() { return Rows(kRows); }

}  // namespace rxvirt
