// SPDX-License-Identifier: MIT
// The functions of storage pools and volumes.
#include "calls/tables/rows.h"

namespace rxvirt {
namespace {

// clang-format off
const CallRow kRows[] = {
    CALL(virStoragePoolBuild),
    CALL(virStoragePoolCreate),
    CALL(virStoragePoolDelete),
    CALL(virStoragePoolDestroy),
    CALL(virStoragePoolGetAutostart),
    CALL(virStoragePoolGetInfo),
    CALL(virStoragePoolGetXMLDesc),
    CALL(virStoragePoolIsActive),
    CALL(virStoragePoolIsPersistent),
    CALL(virStoragePoolListAllVolumes),
    CALL(virStoragePoolLookupByVolume),
    CALL(virStoragePoolRefresh),
    CALL(virStoragePoolSetAutostart),
    CALL(virStoragePoolUndefine),
    CALL(virStorageVolCreateXML),
    CALL(virStorageVolCreateXMLFrom),
    CALL(virStorageVolDelete),
    CALL(virStorageVolGetInfo),
    CALL(virStorageVolGetInfoFlags),
    CALL(virStorageVolGetPath),
    CALL(virStorageVolGetXMLDesc),
    CALL(virStorageVolLookupByName),
    CALL(virStorageVolResize),
    CALL(virStorageVolWipePattern),
};
// clang-format on

}  // namespace

CallRows StorageRows() { return Rows(kRows); }

}  // namespace rxvirt
