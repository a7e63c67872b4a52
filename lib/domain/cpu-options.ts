import type { CallOptions } from '../calls/call-options.js';
import type { Flags } from '../calls/flags.js';
import type { Parameters } from '../calls/parameters.js';
import { impactFlags, type ImpactOptions } from './impact.js';

/** Which vcpus to count. */
export interface VcpuCountOptions extends ImpactOptions {
  /** The most that the domain can have, rather than those that it has. */
  readonly maximum?: boolean;
  /** Those that the guest has online. The guest agent is asked. */
  readonly guest?: boolean;
  /** Only those that can be unplugged. */
  readonly hotpluggable?: boolean;
}

/** Which number of vcpus to set. */
export interface SetVcpuCountOptions extends ImpactOptions {
  /** The most that the domain can have. It needs `config`. */
  readonly maximum?: boolean;
  /** Those that the guest has online. The guest agent does it. */
  readonly guest?: boolean;
  /** Vcpus that come are such that can be unplugged. */
  readonly hotpluggable?: boolean;
  /** Doesn't wait until the guest has given up a vcpu; an event `'vcpu-removed'` tells that. Needs libvirt 12.4. */
  readonly asyncUnplug?: boolean;
}

/** How to enable or to disable vcpus. */
export interface SetVcpusEnabledOptions extends ImpactOptions {
  /** Doesn't wait until the guest has given up a vcpu; an event `'vcpu-removed'` tells that. Needs libvirt 12.4. */
  readonly asyncUnplug?: boolean;
}

/** One vcpu of a running domain. */
export interface VcpuInfo {
  readonly number: number;
  /** `'unknown'` when the state is newer than this library. */
  readonly state: VcpuState | 'unknown';
  /** The time that it has worked, in nanoseconds. */
  readonly cpuTimeNs: bigint;
  /** The host's cpu on which it is; null when it is on none, or the hypervisor doesn't tell. */
  readonly cpu: number | null;
  /** The host's cpus on which it may be. */
  readonly usableCpus: readonly number[];
}

export type VcpuState = 'offline' | 'running' | 'blocked';

/** The time that the host's cpus have worked for a domain, in nanoseconds. What the hypervisor doesn't know is absent. */
export interface CpuTimes {
  readonly cpuTimeNs?: bigint;
  /** In user space. */
  readonly userTimeNs?: bigint;
  /** In the host's kernel. */
  readonly systemTimeNs?: bigint;
  /** Only for the vcpus, without the hypervisor. */
  readonly vcpuTimeNs?: bigint;
}

/** How the memory that the guest writes to is measured. */
export interface DirtyRateOptions extends CallOptions {
  /** `'page-sampling'`, the default, looks at some pages. The others are exact, and need libvirt 8.1. */
  readonly mode?: 'page-sampling' | 'dirty-bitmap' | 'dirty-ring';
}

/** libvirt's virDomainVcpuFlags, as far as vcpus can be counted with them. */
export const vcpuCountFlags: Flags<VcpuCountOptions> = {
  ...impactFlags,
  maximum: 1 << 2,
  guest: 1 << 3,
  hotpluggable: 1 << 4,
};

/** libvirt's virDomainVcpuFlags. */
export const setVcpuCountFlags: Flags<SetVcpuCountOptions> = { ...vcpuCountFlags, asyncUnplug: 1 << 5 };

/** libvirt's virDomainSetVcpuFlags. */
export const setVcpusEnabledFlags: Flags<SetVcpusEnabledOptions> = { ...impactFlags, asyncUnplug: 1 << 2 };

/** libvirt's virVcpuState. */
export const vcpuStates: readonly VcpuState[] = ['offline', 'running', 'blocked'];

/** libvirt's VIR_DOMAIN_CPU_STATS_…. */
export const cpuTimes: Parameters<CpuTimes> = {
  cpuTimeNs: ['cpu_time', 'bigint'],
  userTimeNs: ['user_time', 'bigint'],
  systemTimeNs: ['system_time', 'bigint'],
  vcpuTimeNs: ['vcpu_time', 'bigint'],
};

/** libvirt's virDomainDirtyRateCalcFlags. */
export const dirtyRateFlags: Flags<DirtyRateOptions> = {
  mode: { 'page-sampling': 0, 'dirty-bitmap': 1 << 0, 'dirty-ring': 1 << 1 },
};
