import type { Change, DomainSnapshot } from '../../../lib/index.js';

/** What `fleet.domains` emits. */
export type Objects = ReadonlyMap<string, ReadonlyMap<string, DomainSnapshot>>;

/** The domains of each host: `one: alpha running, beta running, gamma shutoff; two: …`. */
export const inWords = (hosts: Objects): string =>
  [...hosts]
    .map(
      ([host, domains]) =>
        `${host}: ${[...domains.values()]
          .map(({ name, state }) => `${name} ${state}`)
          .sort()
          .join(', ')}`,
    )
    .sort()
    .join('; ');
/** What a scripted libvirtd has at its start, in the words of {@link inWords}. */
export const allOn = (host: string): string => `${host}: alpha running, beta running, gamma shutoff`;
/** The name of the domain that has changed. */
export const nameIn = (change: Change<DomainSnapshot>): string =>
  (change.type === 'added' ? change.after : change.before).name;
