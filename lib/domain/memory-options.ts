import type { CallOptions } from '../calls/call-options.js';
import type { Flags } from '../calls/flags.js';
import type { Parameters } from '../calls/parameters.js';
import { impactFlags, type ImpactOptions } from './impact.js';

/** What to set with a size of memory. */
export interface SetMemoryOptions extends ImpactOptions {
  /** The most memory that the domain may have, rather than what it has. Most hypervisors need `config` for it. */
  readonly maximum?: boolean;
}

/** How to read a domain's memory. */
export interface MemoryPeekOptions extends CallOptions {
  /** What the start is: `'physical'`, or `'virtual'` for the task that the guest runs at the moment. The default is `'physical'`. */
  readonly addresses?: 'physical' | 'virtual';
}

/** The limits of a domain's memory, in KiB. No limit is `Number.MAX_SAFE_INTEGER`. */
export interface MemoryParameters {
  /** The most memory that it can use. It is killed when it needs more. */
  readonly hardLimitKiB?: number;
  /** The most when the host is short of memory. */
  readonly softLimitKiB?: number;
  /** The most of memory and swap together. */
  readonly swapHardLimitKiB?: number;
  /** What it has in any case. */
  readonly minGuaranteeKiB?: number;
}

/** How a domain takes memory from the NUMA nodes of the host. */
export type NumaMode = 'strict' | 'preferred' | 'interleave' | 'restrictive';

/** From which NUMA nodes of the host a domain has its memory. */
export interface NumaParameters {
  /** `'unknown'` when the mode is newer than this library. */
  readonly mode?: NumaMode | 'unknown';
  /** The numbers of the nodes. It is empty when they aren't chosen. */
  readonly nodes?: readonly number[];
}

/** From which NUMA nodes of the host a domain shall have its memory. */
export interface NewNumaParameters extends NumaParameters {
  readonly mode?: NumaMode;
}

/**
 * The memory of a domain. What the hypervisor doesn't know is absent. All but `actualBalloonKiB`, `rssKiB` and
 * `lastUpdateSeconds` is what the guest's balloon driver says, and can be any number.
 */
export interface MemoryStats {
  /** What the guest has read from its swap. */
  readonly swapInKiB?: number;
  /** What the guest has written to its swap. */
  readonly swapOutKiB?: number;
  /** Page faults that needed a disk. */
  readonly majorFaults?: bigint;
  /** Page faults that needed no disk. */
  readonly minorFaults?: bigint;
  /** Memory that the guest uses for nothing. */
  readonly unusedKiB?: number;
  /** All memory that the guest sees. */
  readonly availableKiB?: number;
  /** What the balloon leaves to the guest. */
  readonly actualBalloonKiB?: number;
  /** What the domain's process on the host has in memory. */
  readonly rssKiB?: number;
  /** What the guest can give up without using its swap. */
  readonly usableKiB?: number;
  /** When these numbers came from the guest: seconds since 1970; 0 when none came yet. */
  readonly lastUpdateSeconds?: number;
  /** What the guest caches of its disks. */
  readonly diskCachesKiB?: number;
  /** Huge pages that the guest has got. */
  readonly hugePagesAllocated?: bigint;
  /** Huge pages that the guest wanted and could not get. */
  readonly hugePagesFailed?: bigint;
}

/** libvirt's virDomainMemoryModFlags. */
export const setMemoryFlags: Flags<SetMemoryOptions> = { ...impactFlags, maximum: 1 << 2 };

/** libvirt's virDomainMemoryFlags. */
export const peekFlags: Flags<MemoryPeekOptions> = { addresses: { virtual: 1 << 0, physical: 1 << 1 } };

/** libvirt's VIR_DOMAIN_MEMORY_…. */
export const memoryParameters: Parameters<MemoryParameters> = {
  hardLimitKiB: ['hard_limit', 'ullong'],
  softLimitKiB: ['soft_limit', 'ullong'],
  swapHardLimitKiB: ['swap_hard_limit', 'ullong'],
  minGuaranteeKiB: ['min_guarantee', 'ullong'],
};

/** libvirt's virDomainNumatuneMemMode. */
export const numaModes: readonly NumaMode[] = ['strict', 'preferred', 'interleave', 'restrictive'];

/** libvirt's VIR_DOMAIN_NUMA_…, as libvirt has them. */
export interface NumaValues {
  readonly mode?: number;
  readonly nodeset?: string;
}
export const numaParameters: Parameters<NumaValues> = {
  mode: ['numa_mode', 'int'],
  nodeset: ['numa_nodeset', 'string'],
};

/** libvirt's virDomainMemoryStatTags. */
export const memoryStatTags: readonly (keyof MemoryStats)[] = [
  'swapInKiB',
  'swapOutKiB',
  'majorFaults',
  'minorFaults',
  'unusedKiB',
  'availableKiB',
  'actualBalloonKiB',
  'rssKiB',
  'usableKiB',
  'lastUpdateSeconds',
  'diskCachesKiB',
  'hugePagesAllocated',
  'hugePagesFailed',
];
