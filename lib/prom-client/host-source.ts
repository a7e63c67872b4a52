import type { Host } from '../hosts/host.js';
import { describe } from '../loop/arguments.js';

/** What is read of a host. */
export type MeasuredHost = Pick<Host, 'name' | 'metrics'>;

type Hosts = Iterable<MeasuredHost> | ReadonlyMap<string, MeasuredHost>;

/**
 * Where the hosts come from: a fleet, an array or a set of hosts, a map with hosts as values, or a function that
 * returns an iterable or a map. It is asked at each scrape, so it may change.
 */
export type HostSource = { readonly hosts: ReadonlyMap<string, MeasuredHost> } | Hosts | (() => Hosts);

/** A function that returns the present hosts of a source. */
export function readerOf(source: HostSource): () => Iterable<MeasuredHost> {
  if (typeof source === 'function') return () => inHosts(source());
  if (typeof source !== 'object' || (source as unknown) === null) throw wrong(source);
  if ('hosts' in source) return () => source.hosts.values();
  if (!(Symbol.iterator in source)) throw wrong(source);
  if ((source[Symbol.iterator]() as unknown) === source)
    throw new TypeError('hosts is an iterator, which can be read only once; pass an array, or a function');
  return () => inHosts(source);
}

function inHosts(hosts: Hosts): Iterable<MeasuredHost> {
  return hosts instanceof Map ? hosts.values() : (hosts as Iterable<MeasuredHost>);
}

function wrong(source: unknown): TypeError {
  return new TypeError(
    `hosts must be a fleet, an iterable, a map or a function that returns one, not ${describe(source)}`,
  );
}
