// SPDX-License-Identifier: MIT
// The functions of networks and their ports.
#include "calls/tables/rows.h"

namespace rxvirt {
namespace {

// clang-format off
const CallRow kRows[] = {
    CALL(virNetworkCreate),
    CALL(virNetworkDestroy),
    CALL(virNetworkGetAutostart),
    CALL(virNetworkGetBridgeName),
    CALL(virNetworkGetDHCPLeases),
    CALL_SINCE(virNetworkGetMetadata, 9, 7, char*(virNetworkPtr, int, const char*, unsigned int)),
    CALL(virNetworkGetXMLDesc),
    CALL(virNetworkIsActive),
    CALL(virNetworkIsPersistent),
    CALL(virNetworkListAllPorts),
    CALL(virNetworkPortCreateXML),
    CALL(virNetworkPortDelete),
    CALL(virNetworkPortGetParameters),
    CALL(virNetworkPortGetXMLDesc),
    CALL(virNetworkPortLookupByUUIDString),
    CALL(virNetworkPortSetParameters),
    CALL(virNetworkSetAutostart),
    CALL_SINCE(virNetworkSetMetadata, 9, 7, int(virNetworkPtr, int, const char*, const char*, const char*, unsigned int)),
    CALL(virNetworkUndefine),
    CALL(virNetworkUpdate),
};
// clang-format on

}  // namespace

CallRows NetworkRows() { return Rows(kRows); }

}  // namespace rxvirt
