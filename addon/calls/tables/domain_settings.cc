// SPDX-License-Identifier: MIT
// The functions of a domain: how it is set.
#include "calls/tables/rows.h"

namespace rxvirt {
namespace {

// clang-format off
const CallRow kRows[] = {
    CALL(virDomainAddIOThread),
    CALL(virDomainDelIOThread),
    CALL_SINCE(virDomainDelThrottleGroup, 11, 2, int(virDomainPtr, const char*, unsigned int)),
    CALL(virDomainGetAutostart),
    CALL_SINCE(virDomainGetAutostartOnce, 11, 2, int(virDomainPtr, int*)),
    CALL(virDomainGetBlkioParameters),
    CALL(virDomainGetBlockInfo),
    CALL(virDomainGetBlockIoTune),
    CALL(virDomainGetBlockJobInfo),
    ODD(virDomainGetCPUStats, CpuStats),
    CALL(virDomainGetControlInfo),
    ODD(virDomainGetDiskErrors, ErrorsOfDisks),
    ODD(virDomainGetEmulatorPinInfo, EmulatorPin),
    CALL(virDomainGetFSInfo),
    CALL(virDomainGetGuestInfo),
    CALL(virDomainGetGuestVcpus),
    CALL(virDomainGetHostname),
    CALL(virDomainGetIOThreadInfo),
    CALL(virDomainGetInfo),
    CALL(virDomainGetInterfaceParameters),
    CALL(virDomainGetJobStats),
    CALL(virDomainGetLaunchSecurityInfo),
    CALL(virDomainGetMaxMemory),
    CALL(virDomainGetMemoryParameters),
    CALL_SINCE(virDomainGetMessages, 7, 1, int(virDomainPtr, char***, unsigned int)),
    CALL(virDomainGetMetadata),
    CALL(virDomainGetNumaParameters),
    CALL(virDomainGetOSType),
    CALL(virDomainGetPerfEvents),
    CALL(virDomainGetSchedulerParameters),
    CALL(virDomainGetSchedulerParametersFlags),
    ODD(virDomainGetSchedulerType, SchedulerType),
    CALL(virDomainGetSecurityLabelList),
    CALL(virDomainGetState),
    CALL(virDomainGetTime),
    ODD(virDomainGetVcpuPinInfo, VcpuPins),
    ODD(virDomainGetVcpus, VcpuInfos),
    CALL(virDomainGetVcpusFlags),
    CALL(virDomainGetXMLDesc),
    CALL(virDomainPinEmulator),
    CALL(virDomainPinIOThread),
    CALL(virDomainPinVcpuFlags),
    CALL(virDomainSetAutostart),
    CALL_SINCE(virDomainSetAutostartOnce, 11, 2, int(virDomainPtr, int)),
    CALL(virDomainSetBlkioParameters),
    CALL(virDomainSetBlockIoTune),
    CALL(virDomainSetBlockThreshold),
    CALL(virDomainSetGuestVcpus),
    CALL(virDomainSetIOThreadParams),
    CALL(virDomainSetInterfaceParameters),
    CALL_SINCE(virDomainSetLaunchSecurityState, 8, 0, int(virDomainPtr, virTypedParameterPtr, int, unsigned int)),
    CALL(virDomainSetLifecycleAction),
    CALL(virDomainSetMemoryFlags),
    CALL(virDomainSetMemoryParameters),
    CALL(virDomainSetMemoryStatsPeriod),
    CALL(virDomainSetMetadata),
    CALL(virDomainSetNumaParameters),
    CALL(virDomainSetPerfEvents),
    CALL(virDomainSetSchedulerParametersFlags),
    CALL_SINCE(virDomainSetThrottleGroup, 11, 2, int(virDomainPtr, const char*, virTypedParameterPtr, int, unsigned int)),
    CALL(virDomainSetTime),
    CALL(virDomainSetUserPassword),
    CALL(virDomainSetVcpu),
    CALL(virDomainSetVcpusFlags),
};
// clang-format on

}  // namespace

CallRows DomainSettingRows() { return Rows(kRows); }

}  // namespace rxvirt
