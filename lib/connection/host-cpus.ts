import { asIs, wordOf } from '../calls/answers.js';
import type { CallOptions } from '../calls/call-options.js';
import { cpusOf } from '../calls/cpu-set.js';
import { noFlags, type Flags } from '../calls/flags.js';
import { parametersAs, type Parameters } from '../calls/parameters.js';
import { integer, optionalText, text, texts } from '../calls/values.js';
import { HostMemory } from './host-memory.js';

/** The cpus of a host. */
export interface HostCpuMap {
  /** How many there are. */
  readonly total: number;
  /** The numbers of those that are online. */
  readonly online: readonly number[];
}

/** What the time of a host's cpus went to, in nanoseconds. */
export interface HostCpuStats {
  readonly kernelNs?: bigint;
  readonly userNs?: bigint;
  readonly idleNs?: bigint;
  readonly ioWaitNs?: bigint;
  readonly interruptsNs?: bigint;
  readonly guestNs?: bigint;
  /** Where the hypervisor knows nothing else. */
  readonly utilizationPercent?: number;
}

/** How a host's cpu and another one compare. */
export type CpuComparison = 'incompatible' | 'identical' | 'superset';

/** How to compare a cpu with that of the host. */
export interface CompareCpuOptions extends CallOptions {
  /** Rejects with what is missing, rather than resolve with `'incompatible'`. */
  readonly failIncompatible?: boolean;
  /** Checks the description against libvirt's schema. */
  readonly validateXml?: boolean;
}

/** How to find a cpu that several hosts have. */
export interface BaselineCpuOptions extends CallOptions {
  /** Lists all features, also those that the model implies. */
  readonly expandFeatures?: boolean;
  /** Leaves out features that prevent a migration. */
  readonly migratable?: boolean;
  /** Doesn't consider the host that is asked. Needs libvirt 11.6. */
  readonly ignoreHost?: boolean;
}

/** Which hypervisor of the host is meant; its default for what isn't given. */
export interface HypervisorOptions {
  /** The path of the emulator. */
  readonly emulator?: string;
  readonly arch?: string;
  readonly machine?: string;
  readonly virtType?: string;
}

/** libvirt's virConnectCompareCPUFlags. */
const compareFlags: Flags<CompareCpuOptions> = { failIncompatible: 1 << 0, validateXml: 1 << 1 };

/** libvirt's virConnectBaselineCPUFlags. */
const baselineFlags: Flags<BaselineCpuOptions> = {
  expandFeatures: 1 << 0,
  migratable: 1 << 1,
  ignoreHost: 1 << 2,
};

const notFlags: Flags<HypervisorOptions> = { emulator: null, arch: null, machine: null, virtType: null };

const statsParameters: Parameters<HostCpuStats> = {
  kernelNs: ['kernel', 'bigint'],
  userNs: ['user', 'bigint'],
  idleNs: ['idle', 'bigint'],
  ioWaitNs: ['iowait', 'bigint'],
  interruptsNs: ['intr', 'bigint'],
  guestNs: ['guest', 'bigint'],
  utilizationPercent: ['utilization', 'ullong'],
};

/** libvirt's virCPUCompareResult. */
const comparisons: readonly CpuComparison[] = ['incompatible', 'identical', 'superset'];

/** The cpus of a host, and what cpus its guests can have. */
export abstract class HostCpus extends HostMemory {
  /** The cpus of the host (virNodeGetCPUMap). */
  async cpuMap(options: CallOptions = {}): Promise<HostCpuMap> {
    return this.call('virNodeGetCPUMap', 'asked for its cpus', cpuMap, [], options, noFlags);
  }

  /** What the time of all cpus, or of one of them, went to since the host started (virNodeGetCPUStats). */
  async cpuStats(options: CallOptions & { readonly cpu?: number } = {}): Promise<HostCpuStats> {
    const { cpu } = options;
    const args = [cpu === undefined ? allCpus : integer('cpu', cpu, 0), 0];
    const read = parametersAs<HostCpuStats>(statsParameters);
    return this.call('virNodeGetCPUStats', 'asked for the time of its cpus', read, args, options, statsFlags);
  }

  /** The models of cpu that libvirt knows for an architecture, such as `'x86_64'` (virConnectGetCPUModelNames). */
  async cpuModelNames(arch: string, options: CallOptions = {}): Promise<string[]> {
    const args = [text('arch', arch)];
    return this.call(
      'virConnectGetCPUModelNames',
      'asked for cpu models',
      asIs<string[]>,
      args,
      options,
      noFlags,
    );
  }

  /** How many vcpus a domain can have (virConnectGetMaxVcpus). @param type For example `'kvm'`. */
  async maxVcpus(type?: string, options: CallOptions = {}): Promise<number> {
    const args = [optionalText('type', type)];
    return this.call('virConnectGetMaxVcpus', 'asked for the most vcpus', asIs<number>, args, options);
  }

  /**
   * How the host's cpu compares with another one, in libvirt's XML (virConnectCompareCPU). `'superset'`: the host's cpu
   * can do more.
   */
  async compareCpu(xml: string, options: CompareCpuOptions = {}): Promise<CpuComparison | 'unknown'> {
    const args = [text('xml', xml)];
    return this.call('virConnectCompareCPU', 'compared with a cpu', comparison, args, options, compareFlags);
  }

  /** The same for the cpu that a hypervisor of the host can give to a domain (virConnectCompareHypervisorCPU). */
  async compareHypervisorCpu(
    xml: string,
    options: CompareCpuOptions & HypervisorOptions = {},
  ): Promise<CpuComparison | 'unknown'> {
    const args = [...hypervisor(options), text('xml', xml)];
    const flags = { ...compareFlags, ...notFlags };
    return this.call(
      'virConnectCompareHypervisorCPU',
      'compared with a cpu',
      comparison,
      args,
      options,
      flags,
    );
  }

  /** The best cpu that all of these can act as, in libvirt's XML (virConnectBaselineCPU). */
  async baselineCpu(xmls: readonly string[], options: BaselineCpuOptions = {}): Promise<string> {
    const args = [texts('xmls', xmls)];
    return this.call(
      'virConnectBaselineCPU',
      'asked for a common cpu',
      asIs<string>,
      args,
      options,
      baselineFlags,
    );
  }

  /** The same for the cpus that a hypervisor of the host can give to a domain (virConnectBaselineHypervisorCPU). */
  async baselineHypervisorCpu(
    xmls: readonly string[],
    options: BaselineCpuOptions & HypervisorOptions = {},
  ): Promise<string> {
    const args = [...hypervisor(options), texts('xmls', xmls)];
    const flags = { ...baselineFlags, ...notFlags };
    const name = 'virConnectBaselineHypervisorCPU';
    return this.call(name, 'asked for a common cpu', asIs<string>, args, options, flags);
  }
}

const allCpus = -1;

const statsFlags: Flags<CallOptions & { readonly cpu?: number }> = { cpu: null };

const comparison = wordOf(comparisons);

function hypervisor({ emulator, arch, machine, virtType }: HypervisorOptions): (string | null)[] {
  return [
    optionalText('emulator', emulator),
    optionalText('arch', arch),
    optionalText('machine', machine),
    optionalText('virtType', virtType),
  ];
}

function cpuMap([map, total]: readonly [Uint8Array, number]): HostCpuMap {
  return { total, online: cpusOf(map) };
}
