// SPDX-License-Identifier: MIT
// The functions of snapshots and checkpoints.
#include "calls/tables/rows.h"

namespace rxvirt {
namespace {

// clang-format off
const CallRow kRows[] = {
    CALL(virDomainCheckpointCreateXML),
    CALL(virDomainCheckpointDelete),
    CALL(virDomainCheckpointGetParent),
    CALL(virDomainCheckpointGetXMLDesc),
    CALL(virDomainCheckpointListAllChildren),
    CALL(virDomainCheckpointLookupByName),
    CALL(virDomainHasCurrentSnapshot),
    CALL(virDomainListAllCheckpoints),
    CALL(virDomainListAllSnapshots),
    CALL(virDomainRevertToSnapshot),
    CALL(virDomainSnapshotCreateXML),
    CALL(virDomainSnapshotCurrent),
    CALL(virDomainSnapshotDelete),
    CALL(virDomainSnapshotGetParent),
    CALL(virDomainSnapshotGetXMLDesc),
    CALL(virDomainSnapshotHasMetadata),
    CALL(virDomainSnapshotIsCurrent),
    CALL(virDomainSnapshotListAllChildren),
    CALL(virDomainSnapshotLookupByName),
};
// clang-format on

}  // namespace

CallRows SnapshotRows() { return Rows(kRows); }

}  // namespace rxvirt
