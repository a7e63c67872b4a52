// SPDX-License-Identifier: MIT
// The functions of node devices.
#include "calls/tables/rows.h"

namespace rxvirt {
namespace {

// clang-format off
const CallRow kRows[] = {
    CALL_SINCE(virNodeDeviceCreate, 7, 3, int(virNodeDevicePtr, unsigned int)),
    CALL(virNodeDeviceDestroy),
    CALL(virNodeDeviceDetachFlags),
    CALL_SINCE(virNodeDeviceGetAutostart, 7, 8, int(virNodeDevicePtr, int*)),
    CALL(virNodeDeviceGetParent),
    CALL(virNodeDeviceGetXMLDesc),
    CALL_SINCE(virNodeDeviceIsActive, 7, 8, int(virNodeDevicePtr)),
    CALL_SINCE(virNodeDeviceIsPersistent, 7, 8, int(virNodeDevicePtr)),
    ODD(virNodeDeviceListCaps, CapabilitiesOfDevice),
    CALL(virNodeDeviceNumOfCaps),
    CALL(virNodeDeviceReAttach),
    CALL(virNodeDeviceReset),
    CALL_SINCE(virNodeDeviceSetAutostart, 7, 8, int(virNodeDevicePtr, int)),
    CALL_SINCE(virNodeDeviceUndefine, 7, 3, int(virNodeDevicePtr, unsigned int)),
    CALL_SINCE(virNodeDeviceUpdate, 10, 1, int(virNodeDevicePtr, const char*, unsigned int)),
};
// clang-format on

}  // namespace

CallRows NodeDeviceRows() { return Rows(kRows); }

}  // namespace rxvirt
