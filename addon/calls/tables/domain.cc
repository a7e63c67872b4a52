// SPDX-License-Identifier: MIT
// The functions of a domain: what it does.
#include "calls/tables/rows.h"

namespace rxvirt {
namespace {

// clang-format off
const CallRow kRows[] = {
    CALL(virDomainAbortJob),
    CALL_SINCE(virDomainAbortJobFlags, 8, 5, int(virDomainPtr, unsigned int)),
    CALL(virDomainAgentSetResponseTimeout),
    CALL_SINCE(virDomainAnnounceInterface, 12, 5, int(virDomainPtr, const char*, virTypedParameterPtr, int, unsigned int)),
    CALL(virDomainAttachDeviceFlags),
    CALL(virDomainAuthorizedSSHKeysGet),
    CALL(virDomainAuthorizedSSHKeysSet),
    CALL(virDomainBackupBegin),
    CALL(virDomainBackupGetXMLDesc),
    CALL(virDomainBlockCommit),
    CALL(virDomainBlockCopy),
    CALL(virDomainBlockJobAbort),
    CALL(virDomainBlockJobSetSpeed),
    ODD(virDomainBlockPeek, BlockPeek),
    CALL(virDomainBlockPull),
    CALL(virDomainBlockRebase),
    CALL(virDomainBlockResize),
    CALL(virDomainBlockStatsFlags),
    CALL(virDomainCoreDumpWithFormat),
    CALL(virDomainCreateWithFiles),
    CALL(virDomainCreateWithFlags),
    CALL(virDomainDestroyFlags),
    CALL(virDomainDetachDeviceAlias),
    CALL(virDomainDetachDeviceFlags),
    CALL_SINCE(virDomainFDAssociate, 9, 0, int(virDomainPtr, const char*, unsigned int, int*, unsigned int)),
    CALL(virDomainFSFreeze),
    CALL(virDomainFSThaw),
    CALL(virDomainFSTrim),
    CALL_SINCE(virDomainGraphicsReload, 10, 2, int(virDomainPtr, unsigned int, unsigned int)),
    CALL(virDomainHasManagedSaveImage),
    CALL(virDomainInjectNMI),
    CALL(virDomainInterfaceAddresses),
    CALL(virDomainInterfaceStats),
    CALL(virDomainIsActive),
    CALL(virDomainIsPersistent),
    CALL(virDomainIsUpdated),
    CALL(virDomainListGetStats),
    CALL(virDomainManagedSave),
    CALL(virDomainManagedSaveDefineXML),
    CALL(virDomainManagedSaveGetXMLDesc),
    CALL(virDomainManagedSaveRemove),
    ODD(virDomainMemoryPeek, MemoryPeek),
    ODD(virDomainMemoryStats, MemoryStats),
    ODD(virDomainMigrate3, Migrate),
    CALL(virDomainMigrateGetCompressionCache),
    CALL(virDomainMigrateGetMaxDowntime),
    CALL(virDomainMigrateGetMaxSpeed),
    CALL(virDomainMigrateSetCompressionCache),
    CALL(virDomainMigrateSetMaxDowntime),
    CALL(virDomainMigrateSetMaxSpeed),
    CALL(virDomainMigrateStartPostCopy),
    CALL(virDomainMigrateToURI3),
    ODD(virDomainOpenGraphics, OpenGraphics),
    ODD(virDomainOpenGraphicsFD, GraphicsFd),
    CALL(virDomainPMSuspendForDuration),
    CALL(virDomainPMWakeup),
    QEMU_CALL(virDomainQemuAgentCommand),
    QEMU_CALL(virDomainQemuMonitorCommand),
    QEMU_ODD_SINCE(virDomainQemuMonitorCommandWithFiles, 8, 2, MonitorCommandWithFiles),
    CALL(virDomainReboot),
    CALL(virDomainRename),
    CALL(virDomainReset),
    CALL(virDomainResume),
    CALL(virDomainSaveFlags),
    CALL_SINCE(virDomainSaveParams, 8, 4, int(virDomainPtr, virTypedParameterPtr, int, unsigned int)),
    CALL(virDomainSendKey),
    CALL(virDomainSendProcessSignal),
    CALL(virDomainShutdownFlags),
    CALL_SINCE(virDomainStartDirtyRateCalc, 7, 2, int(virDomainPtr, int, unsigned int)),
    CALL(virDomainSuspend),
    CALL(virDomainUndefineFlags),
    CALL(virDomainUpdateDeviceFlags),
};
// clang-format on

}  // namespace

CallRows DomainRows() { return Rows(kRows); }

}  // namespace rxvirt
