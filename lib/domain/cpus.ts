import { asIs, nothing } from '../calls/answers.js';
import type { CallOptions } from '../calls/call-options.js';
import { setText } from '../calls/cpu-set.js';
import { noFlags } from '../calls/flags.js';
import { ParameterReader, parametersAs } from '../calls/parameters.js';
import { integer, unsigned, zeroOrOne } from '../calls/values.js';
import type { ParameterArrays } from '../native.js';
import {
  cpuTimes,
  dirtyRateFlags,
  setVcpuCountFlags,
  setVcpusEnabledFlags,
  vcpuCountFlags,
  type CpuTimes,
  type DirtyRateOptions,
  type SetVcpuCountOptions,
  type SetVcpusEnabledOptions,
  type VcpuCountOptions,
} from './cpu-options.js';
import { DomainMemory } from './memory.js';

/** How many vcpus a domain has, and what they do. */
export abstract class DomainCpus extends DomainMemory {
  /** How many vcpus it has, or can have (virDomainGetVcpusFlags). */
  async vcpuCount(options: VcpuCountOptions = {}): Promise<number> {
    return this.call(
      'virDomainGetVcpusFlags',
      'asked for its vcpus',
      asIs<number>,
      [],
      options,
      vcpuCountFlags,
    );
  }

  /** Sets how many vcpus it has, or can have (virDomainSetVcpusFlags). The guest of a running domain has to take part. */
  async setVcpuCount(count: number, options: SetVcpuCountOptions = {}): Promise<void> {
    const args = [unsigned('count', count)];
    return this.call('virDomainSetVcpusFlags', 'given vcpus', nothing, args, options, setVcpuCountFlags);
  }

  /** Enables or disables some of its vcpus, by their numbers (virDomainSetVcpu). */
  async setVcpusEnabled(
    vcpus: readonly number[],
    enabled: boolean,
    options: SetVcpusEnabledOptions = {},
  ): Promise<void> {
    const args = [setText('vcpus', vcpus), zeroOrOne('enabled', enabled)];
    return this.call('virDomainSetVcpu', 'given other vcpus', nothing, args, options, setVcpusEnabledFlags);
  }

  /** How long all cpus of the host together have worked for it (virDomainGetCPUStats). */
  async cpuStats(options: CallOptions = {}): Promise<CpuTimes> {
    return this.call(
      'virDomainGetCPUStats',
      'asked for its cpu time',
      totalTimes,
      [allCpus],
      options,
      noFlags,
    );
  }

  /** How long each cpu of the host has worked for it (virDomainGetCPUStats). The index is the number of the cpu. */
  async perCpuStats(options: CallOptions = {}): Promise<CpuTimes[]> {
    return this.call('virDomainGetCPUStats', 'asked for its cpu time', timesOfCpus, [0], options, noFlags);
  }

  /**
   * Starts to measure how much memory the guest writes to (virDomainStartDirtyRateCalc). Resolves when that has begun.
   * The result is in the group `dirtyRate` of the domain's statistics, after `seconds`. Needs libvirt 7.2.
   */
  async startDirtyRateCalc(seconds: number, options: DirtyRateOptions = {}): Promise<void> {
    const args = [integer('seconds', seconds, 0)];
    const name = 'virDomainStartDirtyRateCalc';
    return this.call(name, 'measured', nothing, args, options, dirtyRateFlags);
  }
}

const allCpus = -1;

const totalTimes = parametersAs<CpuTimes>(cpuTimes);

const timeNames = new Map(Object.entries(cpuTimes).map(([field, [name]]) => [name, field]));

function timesOfCpus(found: ParameterArrays): CpuTimes[] {
  const all: CpuTimes[] = [];
  const reader = new ParameterReader(found);
  while (!reader.isAtEnd) {
    const times: Record<string, bigint> = {};
    reader.eachOfNext((name, value) => {
      times[timeNames.get(name) ?? name] = BigInt(value ?? 0);
    });
    all.push(times);
  }
  return all;
}
