import type { Connection, DomainWithStats } from '../../../lib/index.js';
import type { Comparison } from './comparison.js';
import { domainKey } from './names.js';

const cpu = (model: string): string => `<cpu><arch>x86_64</arch><model>${model}</model></cpu>`;

const statsOf = async (found: Promise<readonly DomainWithStats[]>) =>
  (await found)
    .map(({ domain, stats }) => ({ domain: domainKey(domain), stats }))
    .sort((a, b) => (a.domain.name < b.domain.name ? -1 : 1));

/** Python's binding has the memory in MiB. */
async function nodeInfoOf(host: Connection): Promise<object> {
  const { memoryKiB, ...others } = await host.nodeInfo();
  return { ...others, memoryMiB: Math.trunc(memoryKiB / 1024) };
}

/** The numbers of running domains that change all the time. */
export const movingStats =
  /\.stats\.((v?cpu|block|net)\..*(time|user|system|wait|delay|bytes|reqs|times|pkts|halted)|balloon\.(rss|last-update))$/;

/** What a connection tells of its host. */
export const hostComparisons: readonly Comparison<Connection>[] = [
  { call: 'virConnectGetHostname', python: 'conn.getHostname()', rxvirt: (host) => host.hostname() },
  {
    call: 'virConnectGetCapabilities',
    python: 'conn.getCapabilities()',
    rxvirt: (host) => host.capabilities(),
  },
  {
    call: 'virConnectGetDomainCapabilities',
    python: "conn.getDomainCapabilities(None, 'x86_64', None, 'qemu')",
    rxvirt: (host) => host.domainCapabilities({ arch: 'x86_64', virtType: 'qemu' }),
  },
  {
    call: 'virNodeGetInfo',
    python:
      "named(conn.getInfo(), 'model memoryMiB cpus mhz numaNodes socketsPerNode coresPerSocket threadsPerCore')",
    rxvirt: nodeInfoOf,
    moving: /^mhz$/,
  },
  { call: 'virConnectGetSysinfo', python: 'conn.getSysinfo()', rxvirt: (host) => host.sysinfo() },
  {
    call: 'virConnectGetLibVersion',
    python: 'version(conn.getLibVersion())',
    rxvirt: (host) => host.libvirtVersion(),
  },
  {
    call: 'virConnectGetVersion',
    python: 'version(conn.getVersion())',
    rxvirt: (host) => host.hypervisorVersion(),
  },
  { call: 'virConnectGetType', python: 'conn.getType()', rxvirt: (host) => host.hypervisorType() },
  { call: 'virConnectIsAlive', python: 'conn.isAlive()', rxvirt: (host) => host.isAlive() },
  { call: 'virConnectIsEncrypted', python: 'conn.isEncrypted()', rxvirt: (host) => host.isEncrypted() },
  { call: 'virConnectIsSecure', python: 'conn.isSecure()', rxvirt: (host) => host.isSecure() },
  {
    call: 'virNodeGetSecurityModel',
    python: "named(conn.getSecurityModel(), 'model doi')",
    rxvirt: (host) => host.securityModel(),
  },
  { call: 'virNodeGetSEVInfo', python: 'conn.getSEVInfo()', rxvirt: (host) => host.sevInfo() },
  {
    call: 'virNodeGetFreeMemory',
    python: 'conn.getFreeMemory()',
    rxvirt: (host) => host.freeMemoryBytes(),
    moving: /^$/,
  },
  {
    call: 'virNodeGetCellsFreeMemory',
    python: 'conn.getCellsFreeMemory(0, 4)',
    rxvirt: (host) => host.freeMemoryOfCells({ cells: 4 }),
    moving: /^\d$/,
  },
  {
    call: 'virNodeGetMemoryStats',
    python:
      "renamed(conn.getMemoryStats(-1), 'total:totalKiB free:freeKiB buffers:buffersKiB cached:cachedKiB available:availableKiB')",
    rxvirt: (host) => host.memoryStats(),
    moving: /^(free|buffers|cached|available)KiB$/,
  },
  {
    call: 'virNodeGetMemoryStats',
    python: "renamed(conn.getMemoryStats(0), 'total:totalKiB free:freeKiB')",
    rxvirt: (host) => host.memoryStats({ cell: 0 }),
    moving: /^freeKiB$/,
  },
  {
    call: 'virNodeGetMemoryParameters',
    python: `renamed(conn.getMemoryParameters(), 'shm_pages_to_scan:pagesToScan shm_sleep_millisecs:sleepMs '
      'shm_merge_across_nodes:mergeAcrossNodes shm_pages_shared:pagesShared shm_pages_sharing:pagesSharing '
      'shm_pages_unshared:pagesUnshared shm_pages_volatile:pagesVolatile shm_full_scans:fullScans')`,
    rxvirt: (host) => host.memoryParameters(),
    moving: /^(pagesShar|pagesUn|pagesVol|fullScans)/,
  },
  {
    call: 'virNodeGetCPUMap',
    python: "(lambda found: {'total': found[0], 'online': on(found[1])})(conn.getCPUMap())",
    rxvirt: (host) => host.cpuMap(),
  },
  ...[-1, 0].map((number): Comparison<Connection> => ({
    call: 'virNodeGetCPUStats',
    python: `renamed(conn.getCPUStats(${number}), 'kernel:kernelNs user:userNs idle:idleNs iowait:ioWaitNs '
      'intr:interruptsNs guest:guestNs utilization:utilizationPercent')`,
    rxvirt: (host) => host.cpuStats(number < 0 ? {} : { cpu: number }),
    moving: /Ns$/,
  })),
  {
    call: 'virConnectGetCPUModelNames',
    python: "conn.getCPUModelNames('x86_64')",
    rxvirt: (host) => host.cpuModelNames('x86_64'),
  },
  { call: 'virConnectGetMaxVcpus', python: 'conn.getMaxVcpus(None)', rxvirt: (host) => host.maxVcpus() },
  {
    call: 'virConnectCompareCPU',
    python: `word(conn.compareCPU('${cpu('qemu64')}'), 'incompatible identical superset')`,
    rxvirt: (host) => host.compareCpu(cpu('qemu64')),
  },
  {
    call: 'virConnectCompareHypervisorCPU',
    python: `word(conn.compareHypervisorCPU(None, 'x86_64', None, 'qemu', '${cpu('qemu64')}'),
      'incompatible identical superset')`,
    rxvirt: (host) => host.compareHypervisorCpu(cpu('qemu64'), { arch: 'x86_64', virtType: 'qemu' }),
  },
  {
    call: 'virConnectBaselineCPU',
    python: `conn.baselineCPU(['${cpu('qemu64')}', '${cpu('Penryn')}'], libvirt.VIR_CONNECT_BASELINE_CPU_EXPAND_FEATURES)`,
    rxvirt: (host) => host.baselineCpu([cpu('qemu64'), cpu('Penryn')], { expandFeatures: true }),
  },
  {
    call: 'virConnectBaselineHypervisorCPU',
    python: `conn.baselineHypervisorCPU(None, 'x86_64', None, 'qemu', ['${cpu('qemu64')}'])`,
    rxvirt: (host) => host.baselineHypervisorCpu([cpu('qemu64')], { arch: 'x86_64', virtType: 'qemu' }),
  },
  {
    call: 'virConnectGetAllDomainStats',
    python: 'stats(conn.getAllDomainStats())',
    rxvirt: (host) => statsOf(host.allDomainStats()),
    moving: movingStats,
  },
  {
    call: 'virConnectGetAllDomainStats',
    python: `stats(conn.getAllDomainStats(libvirt.VIR_DOMAIN_STATS_STATE,
      libvirt.VIR_CONNECT_GET_ALL_DOMAINS_STATS_RUNNING))`,
    rxvirt: (host) => statsOf(host.allDomainStats({ groups: { state: true }, running: true })),
  },
  {
    call: 'virDomainListGetStats',
    python: 'stats(conn.domainListGetStats(conn.listAllDomains()))',
    rxvirt: async (host) => statsOf(host.domainStats(await host.listDomains())),
    moving: movingStats,
  },
];

/** Only of a real host: the binding takes no answer of the test driver's. */
export const freePages: Comparison<Connection> = {
  call: 'virNodeGetFreePages',
  python: `[[{'pageKiB': size, 'count': count} for size, count in sorted(cell.items())]
    for _, cell in sorted(conn.getFreePages([4, 2048], 0, 1).items())]`,
  rxvirt: (host) => host.freePages([4, 2048]),
  moving: /\.count$/,
};
