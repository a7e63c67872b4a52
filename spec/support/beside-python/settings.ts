import type { Comparison } from './comparison.js';
import type { ComparedDomain } from './domain.js';

const ioTune = ['total', 'read', 'write']
  .flatMap((kind) =>
    (
      [
        ['bytes_sec', 'BytesPerSecond'],
        ['iops_sec', 'Iops'],
      ] as const
    ).flatMap(([theirs, ours]) =>
      (
        [
          ['', ''],
          ['_max', 'Max'],
          ['_max_length', 'MaxSeconds'],
        ] as const
      ).map(([more, word]) => `${kind}_${theirs}${more}:${kind}${ours}${word}`),
    ),
  )
  .join(' ');

/** The settings and the figures of a domain's memory, cpus, disks and interfaces. */
export const settingComparisons: readonly Comparison<ComparedDomain>[] = [
  { call: 'virDomainGetMaxMemory', python: 'dom.maxMemory()', rxvirt: ({ domain }) => domain.maxMemory() },
  {
    call: 'virDomainMemoryStats',
    python: `renamed(dom.memoryStats(), 'swap_in:swapInKiB swap_out:swapOutKiB major_fault:majorFaults '
      'minor_fault:minorFaults unused:unusedKiB available:availableKiB actual:actualBalloonKiB rss:rssKiB '
      'usable:usableKiB last_update:lastUpdateSeconds disk_caches:diskCachesKiB '
      'hugetlb_pgalloc:hugePagesAllocated hugetlb_pgfail:hugePagesFailed')`,
    rxvirt: ({ domain }) => domain.memoryStats(),
    moving: /^rssKiB$/,
  },
  {
    call: 'virDomainMemoryPeek',
    python: 'dom.memoryPeek(0xffff0, 16, libvirt.VIR_MEMORY_PHYSICAL)',
    rxvirt: ({ domain }) => domain.memoryPeek(0xffff0, 16),
  },
  {
    call: 'virDomainGetMemoryParameters',
    python: `renamed(dom.memoryParameters(), 'hard_limit:hardLimitKiB soft_limit:softLimitKiB '
      'swap_hard_limit:swapHardLimitKiB min_guarantee:minGuaranteeKiB')`,
    rxvirt: ({ domain }) => domain.memoryParameters(),
  },
  {
    call: 'virDomainGetNumaParameters',
    python: `(lambda found: {'mode': word(found['numa_mode'], 'strict preferred interleave restrictive'),
      'nodes': numbers(found['numa_nodeset'])})(dom.numaParameters())`,
    rxvirt: ({ domain }) => domain.numaParameters(),
  },
  ...(
    [
      ['', {}],
      ['libvirt.VIR_DOMAIN_VCPU_MAXIMUM', { maximum: true }],
      ['libvirt.VIR_DOMAIN_VCPU_MAXIMUM | libvirt.VIR_DOMAIN_VCPU_CONFIG', { maximum: true, config: true }],
    ] as const
  ).map(([flags, options]): Comparison<ComparedDomain> => ({
    call: 'virDomainGetVcpusFlags',
    python: `dom.vcpusFlags(${flags})`,
    rxvirt: ({ domain }) => domain.vcpuCount(options),
  })),
  {
    call: 'virDomainGetCPUStats',
    python: `renamed(dom.getCPUStats(True)[0], 'cpu_time:cpuTimeNs user_time:userTimeNs system_time:systemTimeNs')`,
    rxvirt: ({ domain }) => domain.cpuStats(),
    moving: /Ns$/,
  },
  {
    call: 'virDomainGetCPUStats',
    python: `[renamed(each, 'cpu_time:cpuTimeNs vcpu_time:vcpuTimeNs') for each in dom.getCPUStats(False)]`,
    rxvirt: ({ domain }) => domain.perCpuStats(),
    moving: /Ns$/,
  },
  {
    call: 'virDomainGetVcpus',
    python: `[{**named(info, 'number state cpuTimeNs cpu'), 'state': word(info[1], 'offline running blocked'),
      'usableCpus': on(bits)} for info, bits in zip(*dom.vcpus())]`,
    rxvirt: ({ domain }) => domain.vcpus(),
    moving: /\.(cpuTimeNs|cpu)$/,
  },
  {
    call: 'virDomainGetVcpuPinInfo',
    python: '[on(bits) for bits in dom.vcpuPinInfo()]',
    rxvirt: ({ domain }) => domain.vcpuPins(),
  },
  {
    call: 'virDomainGetEmulatorPinInfo',
    python: 'on(dom.emulatorPinInfo())',
    rxvirt: ({ domain }) => domain.emulatorPin(),
  },
  {
    call: 'virDomainGetIOThreadInfo',
    python: "[{'id': number, 'cpus': on(bits)} for number, bits in dom.ioThreadInfo()]",
    rxvirt: ({ domain }) => domain.ioThreads(),
  },
  {
    call: 'virDomainGetSchedulerType',
    python: 'dom.schedulerType()[0]',
    rxvirt: ({ domain }) => domain.schedulerType(),
  },
  {
    call: 'virDomainGetSchedulerParameters',
    python: 'dom.schedulerParameters()',
    rxvirt: ({ domain }) => domain.schedulerParameters(),
  },
  {
    call: 'virDomainGetSchedulerParametersFlags',
    python: 'dom.schedulerParametersFlags(libvirt.VIR_DOMAIN_AFFECT_LIVE)',
    rxvirt: ({ domain }) => domain.schedulerParameters({ live: true }),
  },
  {
    call: 'virDomainGetBlkioParameters',
    python: `(lambda found: {'weight': found['weight'],
      'deviceWeights': devices(found['device_weight'], 'weight'),
      'deviceReadIops': devices(found['device_read_iops_sec'], 'iops'),
      'deviceWriteIops': devices(found['device_write_iops_sec'], 'iops'),
      'deviceReadBytes': devices(found['device_read_bytes_sec'], 'bytesPerSecond'),
      'deviceWriteBytes': devices(found['device_write_bytes_sec'], 'bytesPerSecond')})(dom.blkioParameters())`,
    rxvirt: ({ domain }) => domain.blkioParameters(),
  },
  {
    call: 'virDomainGetPerfEvents',
    python: 'camel(dom.perfEvents(libvirt.VIR_DOMAIN_AFFECT_CONFIG))',
    rxvirt: ({ domain }) => domain.perfEvents({ config: true }),
  },
  {
    call: 'virDomainGetPerfEvents',
    python: 'camel(dom.perfEvents())',
    rxvirt: ({ domain }) => domain.perfEvents(),
  },
  {
    call: 'virDomainGetBlockInfo',
    python: "named(dom.blockInfo(disk), 'capacityBytes allocationBytes physicalBytes')",
    rxvirt: ({ domain, disk }) => domain.blockInfo(disk),
  },
  {
    call: 'virDomainBlockStatsFlags',
    python: `renamed(dom.blockStatsFlags(disk), 'rd_bytes:readBytes rd_operations:readRequests rd_total_times:readTimeNs '
      'wr_bytes:writeBytes wr_operations:writeRequests wr_total_times:writeTimeNs '
      'flush_operations:flushRequests flush_total_times:flushTimeNs errs:errors')`,
    rxvirt: ({ domain, disk }) => domain.blockStats(disk),
  },
  {
    call: 'virDomainBlockPeek',
    python: 'dom.blockPeek(raw, 0, 16)',
    rxvirt: ({ domain, raw }) => domain.blockPeek(raw, 0, 16),
  },
  {
    call: 'virDomainGetDiskErrors',
    python: `[{'disk': name, 'error': word(error, 'none unspecified no-space')}
      for name, error in dom.diskErrors().items()]`,
    rxvirt: ({ domain }) => domain.diskErrors(),
  },
  {
    call: 'virDomainGetBlockIoTune',
    python: `renamed(dom.blockIoTune(disk), '${ioTune} size_iops_sec:iopsSizeBytes group_name:groupName')`,
    rxvirt: ({ domain, disk }) => domain.blockIoTune(disk),
  },
  {
    call: 'virDomainInterfaceStats',
    python: `existing(named(dom.interfaceStats(nic),
      'rxBytes rxPackets rxErrors rxDrops txBytes txPackets txErrors txDrops'))`,
    rxvirt: ({ domain, nic }) => domain.interfaceStats(nic),
    moving: /./,
  },
  {
    call: 'virDomainGetInterfaceParameters',
    python: `renamed(dom.interfaceParameters(nic), 'inbound.average:inboundAverageKBps inbound.peak:inboundPeakKBps '
      'inbound.burst:inboundBurstKiB inbound.floor:inboundFloorKBps outbound.average:outboundAverageKBps '
      'outbound.peak:outboundPeakKBps outbound.burst:outboundBurstKiB')`,
    rxvirt: ({ domain, nic }) => domain.interfaceParameters(nic),
  },
];
