// SPDX-License-Identifier: MIT
#pragma once
#include <libvirt/libvirt-qemu.h>
#include <libvirt/libvirt.h>

#include <cstddef>
#include <vector>

#include "calls/own_types.h"

namespace rxvirt {

// libvirt's functions whose types don't say how to call them: the caller has to know the size of an array, or
// to call them several times. Each of these gets libvirt's function, and calls it. By<…> makes a row of the
// table from it. They run on call threads. docs/coverage.md lists them.

// One byte array of `map_bytes` for each vcpu: the host's cpus that it may run on.
int VcpuInfos(decltype(::virDomainGetVcpus)* function, virDomainPtr domain, int vcpus, int map_bytes,
              std::vector<virVcpuInfo>* infos, Bytes* maps);
int VcpuPins(decltype(::virDomainGetVcpuPinInfo)* function, virDomainPtr domain, int vcpus, int map_bytes,
             Bytes* maps, unsigned int flags);
int EmulatorPin(decltype(::virDomainGetEmulatorPinInfo)* function, virDomainPtr domain, int map_bytes,
                Bytes* map, unsigned int flags);
// The scheduler's name, and how many typed parameters it has.
int SchedulerType(decltype(::virDomainGetSchedulerType)* function, virDomainPtr domain, OwnedText* type,
                  int* parameters);
// The typed parameters of each cpu of the host, one after the other; those of all cpus together when
// `first_cpu` is -1.
int CpuStats(decltype(::virDomainGetCPUStats)* function, virDomainPtr domain, int first_cpu,
             ParameterValues* values, unsigned int flags);
int ErrorsOfDisks(decltype(::virDomainGetDiskErrors)* function, virDomainPtr domain, DiskErrors* errors,
                  unsigned int flags);
int MemoryStats(decltype(::virDomainMemoryStats)* function, virDomainPtr domain,
                std::vector<virDomainMemoryStatStruct>* stats, unsigned int flags);
int BlockPeek(decltype(::virDomainBlockPeek)* function, virDomainPtr domain, const char* disk,
              unsigned long long offset, size_t size, Bytes* bytes, unsigned int flags);
int MemoryPeek(decltype(::virDomainMemoryPeek)* function, virDomainPtr domain, unsigned long long start,
               size_t size, Bytes* bytes, unsigned int flags);
// Moves a domain to the host of another connection. What it returns describes the domain there.
int Migrate(decltype(::virDomainMigrate3)* function, virDomainPtr domain, virConnectPtr destination,
            virTypedParameterPtr parameters, unsigned int count, OwnedText* uuid, OwnedText* name, int* id,
            unsigned int flags);
int OpenGraphics(decltype(::virDomainOpenGraphics)* function, virDomainPtr domain, unsigned int index,
                 const OwnFds* fds, unsigned int flags);
int GraphicsFd(decltype(::virDomainOpenGraphicsFD)* function, virDomainPtr domain, unsigned int index,
               OwnFds* fds, unsigned int flags);
// Each bit of the map is a cpu of the host that is online. `cpus` is how many there are.
int CpuMap(decltype(::virNodeGetCPUMap)* function, virConnectPtr connection, Bytes* map, int* cpus,
           unsigned int flags);
int FreeMemoryOfCells(decltype(::virNodeGetCellsFreeMemory)* function, virConnectPtr connection,
                      int first_cell, int cells, std::vector<unsigned long long>* bytes);
// The counts of each page size in each cell.
int FreePages(decltype(::virNodeGetFreePages)* function, virConnectPtr connection,
              const std::vector<unsigned int>* sizes, int first_cell, unsigned int cells,
              std::vector<unsigned long long>* counts, unsigned int flags);
int AllocPages(decltype(::virNodeAllocPages)* function, virConnectPtr connection,
               const std::vector<unsigned int>* sizes, const std::vector<unsigned long long>* counts,
               int first_cell, unsigned int cells, unsigned int flags);
int CapabilitiesOfDevice(decltype(::virNodeDeviceListCaps)* function, virNodeDevicePtr device, int room,
                         OwnedTexts* names);
// `answer` is QEMU's, in JSON.
using QemuMonitorCommandWithFiles = int(virDomainPtr, const char*, unsigned int, int*, unsigned int*, int**,
                                        char**, unsigned int);
int MonitorCommandWithFiles(QemuMonitorCommandWithFiles* function, virDomainPtr domain, const char* command,
                            const OwnFds* in, OwnFds* out, OwnedText* answer, unsigned int flags);
int SecretValue(decltype(::virSecretGetValue)* function, virSecretPtr secret, Bytes* value,
                unsigned int flags);

}  // namespace rxvirt
