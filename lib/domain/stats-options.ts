import type { CallOptions } from '../calls/call-options.js';
import type { Flags } from '../calls/flags.js';

/**
 * Which statistics to get: all that the hypervisor has, unless one of the groups is true. libvirt's documentation of
 * virConnectGetAllDomainStats lists what is in each group.
 */
export interface StatsGroups {
  readonly state?: boolean;
  readonly cpuTotal?: boolean;
  readonly balloon?: boolean;
  readonly vcpu?: boolean;
  readonly interface?: boolean;
  readonly block?: boolean;
  readonly perf?: boolean;
  readonly iothread?: boolean;
  readonly memory?: boolean;
  /** Needs libvirt 7.2. */
  readonly dirtyRate?: boolean;
  /** Needs libvirt 8.9. */
  readonly vm?: boolean;
}

/** How to get the statistics of domains. */
export interface DomainStatsOptions extends CallOptions {
  /** The groups that are wanted; all that the hypervisor has unless it is given. */
  readonly groups?: StatsGroups;
  /** Rejects when the hypervisor doesn't have one of the groups, rather than leave it out. */
  readonly enforce?: boolean;
  /** Leaves out what would have to wait for another job of the domain. */
  readonly noWait?: boolean;
  /** The blocks of all images that a disk is made of, and not only of the top one. */
  readonly backing?: boolean;
}

/** Of which domains to get the statistics: with each option, those that have the property, or with false those that have it not. */
export interface AllDomainStatsOptions extends DomainStatsOptions {
  readonly active?: boolean;
  readonly persistent?: boolean;
  readonly running?: boolean;
  readonly paused?: boolean;
  readonly shutoff?: boolean;
  /** In another state than running, paused and shut off. */
  readonly other?: boolean;
}

/** libvirt's virDomainStatsTypes. */
export const statsGroups: Flags<StatsGroups> = {
  state: 1 << 0,
  cpuTotal: 1 << 1,
  balloon: 1 << 2,
  vcpu: 1 << 3,
  interface: 1 << 4,
  block: 1 << 5,
  perf: 1 << 6,
  iothread: 1 << 7,
  memory: 1 << 8,
  dirtyRate: 1 << 9,
  vm: 1 << 10,
};

/** libvirt's virConnectGetAllDomainStatsFlags, without those that select domains. */
export const statsFlags: Flags<DomainStatsOptions> = {
  groups: null,
  noWait: 2 ** 29,
  backing: 2 ** 30,
  enforce: 2 ** 31,
};

/** libvirt's virConnectGetAllDomainStatsFlags. */
export const allStatsFlags: Flags<AllDomainStatsOptions> = {
  ...statsFlags,
  active: [1 << 0, 1 << 1],
  persistent: [1 << 2, 1 << 3],
  running: 1 << 4,
  paused: 1 << 5,
  shutoff: 1 << 6,
  other: 1 << 7,
};
