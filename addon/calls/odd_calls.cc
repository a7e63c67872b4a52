// SPDX-License-Identifier: MIT
#include "calls/odd_calls.h"

#include <strings.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>

#include "calls/object_kinds.h"
#include "library/functions.h"

namespace rxvirt {
namespace {

// How many cpus libvirt's protocol takes in one request.
constexpr int kCpusAtOnce = 128;
// More than libvirt has kinds of statistics.
constexpr size_t kMemoryStats = 64;

size_t SizeOf(int count) { return static_cast<size_t>(std::max(count, 0)); }

}  // namespace

int VcpuInfos(decltype(::virDomainGetVcpus)* function, virDomainPtr domain, int vcpus, int map_bytes,
              std::vector<virVcpuInfo>* infos, Bytes* maps) {
  infos->resize(SizeOf(vcpus));
  maps->resize(SizeOf(vcpus) * SizeOf(map_bytes));
  const int found = function(domain, infos->data(), vcpus, maps->empty() ? nullptr : maps->data(), map_bytes);
  infos->resize(SizeOf(found));
  maps->resize(SizeOf(found) * SizeOf(map_bytes));
  return found;
}

int VcpuPins(decltype(::virDomainGetVcpuPinInfo)* function, virDomainPtr domain, int vcpus, int map_bytes,
             Bytes* maps, unsigned int flags) {
  maps->resize(SizeOf(vcpus) * SizeOf(map_bytes));
  const int found = function(domain, vcpus, maps->data(), map_bytes, flags);
  maps->resize(SizeOf(found) * SizeOf(map_bytes));
  return found;
}

int EmulatorPin(decltype(::virDomainGetEmulatorPinInfo)* function, virDomainPtr domain, int map_bytes,
                Bytes* map, unsigned int flags) {
  map->resize(SizeOf(map_bytes));
  const int found = function(domain, map->data(), map_bytes, flags);
  if (found == 0) map->clear();  // the emulator isn't pinned
  return found;
}

int SchedulerType(decltype(::virDomainGetSchedulerType)* function, virDomainPtr domain, OwnedText* type,
                  int* parameters) {
  *type->address() = function(domain, parameters);
  return type->get() == nullptr ? -1 : 0;
}

int Migrate(decltype(::virDomainMigrate3)* function, virDomainPtr domain, virConnectPtr destination,
            virTypedParameterPtr parameters, unsigned int count, OwnedText* uuid, OwnedText* name, int* id,
            unsigned int flags) {
  using Domain = ObjectKind<virDomain>;
  const std::unique_ptr<virDomain, int (*)(virDomainPtr)> moved(
      function(domain, destination, parameters, count, flags), Domain::Free);
  if (moved == nullptr) return -1;
  const auto identity = Domain::Describe(moved.get());
  *uuid->address() = strdup(identity.key.c_str());
  *name->address() = strdup(identity.name.c_str());
  if (uuid->get() == nullptr || name->get() == nullptr) throw std::bad_alloc();
  *id = identity.id;
  return 0;
}

int CpuStats(decltype(::virDomainGetCPUStats)* function, virDomainPtr domain, int first_cpu,
             ParameterValues* values, unsigned int flags) {
  const bool is_total = first_cpu < 0;
  const int cpus = is_total ? 1 : function(domain, nullptr, 0, 0, 0, flags);
  if (cpus < 0) return -1;
  const int room = function(domain, nullptr, 0, first_cpu, 1, flags);
  if (room < 0) return -1;
  std::vector<virTypedParameter> parameters;
  const int first = is_total ? -1 : 0;
  for (int done = 0; done < cpus; done += kCpusAtOnce) {
    const int count = std::min(cpus - done, kCpusAtOnce);
    parameters.assign(SizeOf(room) * SizeOf(count), {});
    const int found = function(domain, parameters.data(), static_cast<unsigned int>(room), first + done,
                               static_cast<unsigned int>(count), flags);
    if (found < 0) return -1;
    for (int cpu = 0; cpu < count; ++cpu)
      AppendParameters(*values, parameters.data() + static_cast<ptrdiff_t>(cpu) * room, found);
    virTypedParamsClear(parameters.data(), static_cast<int>(parameters.size()));
  }
  return cpus;
}

int ErrorsOfDisks(decltype(::virDomainGetDiskErrors)* function, virDomainPtr domain, DiskErrors* errors,
                  unsigned int flags) {
  const int room = function(domain, nullptr, 0, flags);
  if (room <= 0) return room;
  auto* all = static_cast<virDomainDiskErrorPtr>(calloc(SizeOf(room), sizeof(virDomainDiskError)));
  if (all == nullptr) throw std::bad_alloc();
  *errors->address() = all;
  return function(domain, all, static_cast<unsigned int>(room), flags);
}

int MemoryStats(decltype(::virDomainMemoryStats)* function, virDomainPtr domain,
                std::vector<virDomainMemoryStatStruct>* stats, unsigned int flags) {
  stats->resize(kMemoryStats);
  const int found = function(domain, stats->data(), kMemoryStats, flags);
  stats->resize(SizeOf(found));
  return found;
}

int BlockPeek(decltype(::virDomainBlockPeek)* function, virDomainPtr domain, const char* disk,
              unsigned long long offset, size_t size, Bytes* bytes, unsigned int flags) {
  bytes->resize(size);
  return function(domain, disk, offset, size, bytes->data(), flags);
}

int MemoryPeek(decltype(::virDomainMemoryPeek)* function, virDomainPtr domain, unsigned long long start,
               size_t size, Bytes* bytes, unsigned int flags) {
  bytes->resize(size);
  return function(domain, start, size, bytes->data(), flags);
}

int OpenGraphics(decltype(::virDomainOpenGraphics)* function, virDomainPtr domain, unsigned int index,
                 const OwnFds* fds, unsigned int flags) {
  return function(domain, index, fds->all().empty() ? -1 : fds->all().front(), flags);
}

int GraphicsFd(decltype(::virDomainOpenGraphicsFD)* function, virDomainPtr domain, unsigned int index,
               OwnFds* fds, unsigned int flags) {
  const int fd = function(domain, index, flags);
  if (fd >= 0) fds->Add(fd);
  return fd;
}

int CpuMap(decltype(::virNodeGetCPUMap)* function, virConnectPtr connection, Bytes* map, int* cpus,
           unsigned int flags) {
  unsigned char* bytes = nullptr;
  *cpus = function(connection, &bytes, nullptr, flags);
  const std::unique_ptr<unsigned char, FreeC> owned(bytes);
  if (*cpus >= 0) map->assign(bytes, bytes + VIR_CPU_MAPLEN(*cpus));
  return *cpus;
}

int FreeMemoryOfCells(decltype(::virNodeGetCellsFreeMemory)* function, virConnectPtr connection,
                      int first_cell, int cells, std::vector<unsigned long long>* bytes) {
  bytes->resize(SizeOf(cells));
  const int found = function(connection, bytes->data(), first_cell, cells);
  bytes->resize(SizeOf(found));
  return found;
}

int FreePages(decltype(::virNodeGetFreePages)* function, virConnectPtr connection,
              const std::vector<unsigned int>* sizes, int first_cell, unsigned int cells,
              std::vector<unsigned long long>* counts, unsigned int flags) {
  auto pages = *sizes;
  counts->resize(pages.size() * cells);
  const int found = function(connection, static_cast<unsigned int>(pages.size()), pages.data(), first_cell,
                             cells, counts->data(), flags);
  // A host may have fewer cells. The test driver returns 0 although it fills in all counts.
  if (found > 0) counts->resize(std::min(counts->size(), SizeOf(found)));
  return found;
}

int AllocPages(decltype(::virNodeAllocPages)* function, virConnectPtr connection,
               const std::vector<unsigned int>* sizes, const std::vector<unsigned long long>* counts,
               int first_cell, unsigned int cells, unsigned int flags) {
  auto pages = *sizes;
  auto wanted = *counts;
  pages.resize(std::min(pages.size(), wanted.size()));
  return function(connection, static_cast<unsigned int>(pages.size()), pages.data(), wanted.data(),
                  first_cell, cells, flags);
}

int CapabilitiesOfDevice(decltype(::virNodeDeviceListCaps)* function, virNodeDevicePtr device, int room,
                         OwnedTexts* names) {
  auto** all = static_cast<char**>(calloc(SizeOf(room) + 1, sizeof(char*)));
  if (all == nullptr) throw std::bad_alloc();
  *names->address() = all;
  return function(device, all, room);
}

int MonitorCommandWithFiles(QemuMonitorCommandWithFiles* function, virDomainPtr domain, const char* command,
                            const OwnFds* in, OwnFds* out, OwnedText* answer, unsigned int flags) {
  auto passed = in->all();
  unsigned int count = 0;
  int* fds = nullptr;
  const int result = function(domain, command, static_cast<unsigned int>(passed.size()), passed.data(),
                              &count, &fds, answer->address(), flags);
  const std::unique_ptr<int, FreeC> owned(fds);
  for (unsigned int i = 0; i < count; ++i) out->Add(fds[i]);
  return result;
}

int SecretValue(decltype(::virSecretGetValue)* function, virSecretPtr secret, Bytes* value,
                unsigned int flags) {
  size_t size = 0;
  const std::unique_ptr<unsigned char, FreeC> bytes(function(secret, &size, flags));
  if (bytes == nullptr) return -1;
  value->assign(bytes.get(), bytes.get() + size);
  explicit_bzero(bytes.get(), size);
  return 0;
}

}  // namespace rxvirt
