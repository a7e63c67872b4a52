import { checkKeys } from '../arguments.js';
import { foundAt, type Found } from '../calls/found.js';
import { flagsOf } from '../calls/flags.js';
import { ParameterReader, type ParameterValue } from '../calls/parameters.js';
import type { DomainHandle, FoundStats } from '../native.js';
import { statsGroups, type StatsGroups } from './stats-options.js';

/**
 * The statistics of a domain under libvirt's names, such as `'cpu.time'` (nanoseconds) or `'balloon.current'` (KiB);
 * libvirt's documentation of virConnectGetAllDomainStats says what each one means. Counters that only grow are bigints:
 * times, bytes, packets, requests, errors, page faults, sums, and all of `perf`. Other integers are numbers; one that a number can't
 * hold is a bigint too. A name that the hypervisor has not told is absent.
 */
export type DomainStats = Readonly<Record<string, ParameterValue>>;

/** The flags of libvirt's virDomainStatsTypes for these groups; 0 for all groups. */
export function statsTypes(groups: StatsGroups = {}): number {
  checkKeys('groups', groups, Object.keys(statsGroups));
  return flagsOf(groups, statsGroups);
}

/**
 * The domains in an answer, one after the other. There can be thousands, so no object is made of their parameters.
 * @param take Called with each parameter of a domain, before that domain is given.
 */
export function* withParameters(
  found: FoundStats,
  take: (name: string, value: ParameterValue) => void,
): Generator<Found<DomainHandle>, void> {
  const reader = new ParameterReader(found);
  for (let index = 0; index < found.keys.length; index++) {
    reader.eachOfNext(take);
    yield foundAt(found, index);
  }
}

/** The domains in an answer, each with its statistics, one after the other. */
export function* foundStats(
  found: FoundStats,
): Generator<{ readonly domain: Found<DomainHandle>; readonly stats: DomainStats }, void> {
  let stats: Record<string, ParameterValue> = {};
  const take = (name: string, value: ParameterValue) => {
    stats[name] = typeof value === 'number' && isCounter(name) ? BigInt(value) : value;
  };
  for (const domain of withParameters(found, take)) {
    yield { domain, stats };
    stats = {};
  }
}

const counters = new RegExp(
  [
    /^perf\./,
    /^v?cpu\b.*\.(time|user|system|wait|delay)$/,
    /^balloon\.(major_fault|minor_fault|hugetlb_pgalloc|hugetlb_pgfail)$/,
    /\.latency_histogram\..*\.value$/,
    /\.(bytes|bytes\.local|bytes\.total|reqs|times|pkts|errs|errors|drop|sum)$/,
  ]
    .map(({ source }) => source)
    .join('|'),
);

/** Names come again and again. Those of many disks and interfaces are few thousand. */
const known = new Map<string, boolean>();
const mostKnown = 10_000;

function isCounter(name: string): boolean {
  const before = known.get(name);
  if (before !== undefined) return before;
  const is = counters.test(name);
  if (known.size < mostKnown) known.set(name, is);
  return is;
}
