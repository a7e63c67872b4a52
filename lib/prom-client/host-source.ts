import { types } from 'node:util';
import type { Host } from '../hosts/host.js';
import { checkMethods, describe } from '../arguments.js';

/** What is read of a host. */
export type MeasuredHost = Pick<Host, 'name' | 'metrics'>;

type Hosts = Iterable<MeasuredHost> | ReadonlyMap<string, MeasuredHost>;

/**
 * Where the hosts come from: a fleet, an array or a set of hosts, a map with hosts as values, or a function that
 * returns an iterable or a map. It is asked at each scrape, so it may change.
 */
export type HostSource = { readonly hosts: ReadonlyMap<string, MeasuredHost> } | Hosts | (() => Hosts);

/** A function that returns the present hosts of a source. It throws `TypeError` when the source holds anything else. */
export function readerOf(source: HostSource): () => readonly MeasuredHost[] {
  // A function is not asked yet: what it needs may come later.
  if (typeof source === 'function') return () => hostsIn(returnedBy(source));
  if (typeof source !== 'object' || (source as unknown) === null) throw wrong(source);
  const read = 'hosts' in source ? () => hostsIn(source.hosts.values()) : () => hostsIn(source);
  if ('hosts' in source) checkMethods('hosts.hosts', source.hosts, 'a map', ['values']);
  else if (isHost(source)) throw new TypeError('hosts is a single host; put it in an array');
  else if (!(Symbol.iterator in source)) throw wrong(source);
  else if ((source[Symbol.iterator]() as unknown) === source)
    throw new TypeError('hosts is an iterator, which can be read only once; pass an array, or a function');
  read();
  return read;
}

function returnedBy(source: () => Hosts): Hosts {
  const hosts: unknown = source();
  if (typeof hosts === 'object' && hosts !== null && Symbol.iterator in hosts) return hosts as Hosts;
  const got = isFleet(hosts) ? 'a fleet; return its hosts' : describe(hosts);
  throw new TypeError(`hosts must return an iterable or a map of hosts, got ${got}`);
}

function hostsIn(hosts: Hosts): readonly MeasuredHost[] {
  const held: readonly unknown[] = [...(types.isMap(hosts) ? hosts.values() : hosts)];
  return held.map((each) => {
    if (isHost(each)) return each;
    const what = isFleet(each) ? 'a fleet; pass the fleet itself, or the hosts of each' : describe(each);
    throw new TypeError(`hosts must hold hosts only, and holds ${what}`);
  });
}

function isHost(value: unknown): value is MeasuredHost {
  if (typeof value !== 'object' || value === null) return false;
  const { name, metrics } = value as Readonly<Record<string, unknown>>;
  return typeof name === 'string' && typeof metrics === 'function';
}

function isFleet(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'hosts' in value;
}

function wrong(source: unknown): TypeError {
  return new TypeError(
    `hosts must be a fleet, an iterable, a map or a function that returns one, not ${describe(source)}`,
  );
}
