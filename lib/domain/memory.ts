import { checkKeys } from '../arguments.js';
import { asIs, exactNumber, nothing, wordOf } from '../calls/answers.js';
import type { CallOptions } from '../calls/call-options.js';
import { numbersOf, setText } from '../calls/cpu-set.js';
import { noFlags } from '../calls/flags.js';
import { parametersAs, parametersOf } from '../calls/parameters.js';
import { integer, oneOf, unsigned, unsigned64 } from '../calls/values.js';
import type { ParameterArrays } from '../native.js';
import { DomainDescription } from './description.js';
import { impactFlags, type ImpactOptions } from './impact.js';
import {
  memoryParameters,
  memoryStatTags,
  numaModes,
  numaParameters,
  peekFlags,
  setMemoryFlags,
  type MemoryParameters,
  type MemoryPeekOptions,
  type MemoryStats,
  type NewNumaParameters,
  type NumaParameters,
  type NumaValues,
  type SetMemoryOptions,
} from './memory-options.js';

/** How much memory a domain has, and from where. */
export abstract class DomainMemory extends DomainDescription {
  /** The most memory that it may have, in KiB (virDomainGetMaxMemory). */
  async maxMemory(options: CallOptions = {}): Promise<number> {
    return this.call('virDomainGetMaxMemory', 'asked for its greatest memory', exactNumber, [], options);
  }

  /**
   * Sets how much memory it has, or the most that it may have (virDomainSetMemoryFlags). The guest of a running domain
   * needs a balloon driver, and takes its time.
   */
  async setMemory(memoryKiB: number, options: SetMemoryOptions = {}): Promise<void> {
    const args = [unsigned('memoryKiB', memoryKiB, Number.MAX_SAFE_INTEGER)];
    return this.call('virDomainSetMemoryFlags', 'given other memory', nothing, args, options, setMemoryFlags);
  }

  /** How it uses its memory (virDomainMemoryStats). */
  async memoryStats(options: CallOptions = {}): Promise<MemoryStats> {
    return this.call('virDomainMemoryStats', 'asked how it uses memory', memoryStats, [], options, noFlags);
  }

  /**
   * Sets how often the guest's balloon driver is asked for {@link memoryStats} (virDomainSetMemoryStatsPeriod).
   * @param seconds 0 for never.
   */
  async setMemoryStatsPeriod(seconds: number, options: ImpactOptions = {}): Promise<void> {
    const args = [integer('seconds', seconds, 0)];
    const name = 'virDomainSetMemoryStatsPeriod';
    return this.call(name, 'given a period for its memory statistics', nothing, args, options, impactFlags);
  }

  /**
   * Reads the memory of a running domain (virDomainMemoryPeek).
   * @param start The address of the first byte.
   * @param size How many bytes. libvirt's protocol takes no more than 4 MiB.
   */
  async memoryPeek(start: number | bigint, size: number, options: MemoryPeekOptions = {}): Promise<Buffer> {
    const args = [unsigned64('start', start), unsigned('size', size, mostPeekBytes)];
    const always = options.addresses === undefined ? physical : 0;
    return this.call('virDomainMemoryPeek', 'looked into', asIs<Buffer>, args, options, peekFlags, always);
  }

  /** The limits of its memory (virDomainGetMemoryParameters). */
  async memoryParameters(options: ImpactOptions = {}): Promise<MemoryParameters> {
    const name = 'virDomainGetMemoryParameters';
    const read = parametersAs<MemoryParameters>(memoryParameters);
    return this.call(name, 'asked for the limits of its memory', read, [0], options, impactFlags);
  }

  /** Sets the limits of its memory (virDomainSetMemoryParameters). A limit that isn't given stays. */
  async setMemoryParameters(parameters: MemoryParameters, options: ImpactOptions = {}): Promise<void> {
    const args = [parametersOf('memory parameters', parameters, memoryParameters)];
    const name = 'virDomainSetMemoryParameters';
    return this.call(name, 'given limits for its memory', nothing, args, options, impactFlags);
  }

  /** From which NUMA nodes of the host it has its memory (virDomainGetNumaParameters). */
  async numaParameters(options: ImpactOptions = {}): Promise<NumaParameters> {
    const name = 'virDomainGetNumaParameters';
    return this.call(name, 'asked for its NUMA nodes', numaParametersFound, [0], options, impactFlags);
  }

  /**
   * Sets from which NUMA nodes of the host it has its memory (virDomainSetNumaParameters). QEMU can't change the mode of
   * a running domain, and its nodes only in mode `'restrictive'`.
   */
  async setNumaParameters(parameters: NewNumaParameters, options: ImpactOptions = {}): Promise<void> {
    checkKeys('numa parameters', parameters, ['mode', 'nodes']);
    const { mode, nodes } = parameters;
    const values: NumaValues = {
      ...(mode === undefined ? {} : { mode: oneOf('mode', mode, numaModes) }),
      ...(nodes === undefined ? {} : { nodeset: setText('nodes', nodes) }),
    };
    const args = [parametersOf('numa parameters', values, numaParameters)];
    return this.call('virDomainSetNumaParameters', 'given NUMA nodes', nothing, args, options, impactFlags);
  }
}

/** libvirt's VIR_MEMORY_PHYSICAL. */
const physical = 1 << 1;
/** The most bytes that libvirt's protocol has in one answer. */
export const mostPeekBytes = 4 << 20;

const numaMode = wordOf(numaModes);

function numaParametersFound(found: ParameterArrays): NumaParameters {
  const { mode, nodeset } = parametersAs<NumaValues>(numaParameters)(found);
  return {
    ...(mode === undefined ? {} : { mode: numaMode(mode) }),
    ...(nodeset === undefined ? {} : { nodes: numbersOf(nodeset) }),
  };
}

function memoryStats(found: readonly (readonly [tag: number, value: number | bigint])[]): MemoryStats {
  const stats: Partial<Record<keyof MemoryStats, number | bigint>> = {};
  for (const [tag, value] of found) {
    const name = memoryStatTags[tag];
    // Numbers may be rounded: a guest that says nonsense must not make the call fail.
    if (name !== undefined) stats[name] = counters.has(name) ? BigInt(value) : Number(value);
  }
  return stats as MemoryStats;
}

const counters: ReadonlySet<keyof MemoryStats> = new Set([
  'majorFaults',
  'minorFaults',
  'hugePagesAllocated',
  'hugePagesFailed',
]);
