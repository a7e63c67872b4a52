import type { EventDomain } from './event-object-types.js';

// By the index that the addon gives out for each name and uuid, the last object made. Names and ids change
// seldom, and making these objects anew would be most of the cost of an event.
let domains: EventDomain[] = [];

/** Takes over what a slice of events brings of new domains. */
export function learnDomains(identities: readonly string[], resets: boolean): void {
  if (resets) domains = [];
  for (let i = 0; i < identities.length; i += 2) {
    domains.push(
      Object.freeze({ name: identities[i] as string, uuid: identities[i + 1] as string, id: null }),
    );
  }
}

/** The domain with this index, and -1 or its number. */
export function domainAt(index: number, id: number): EventDomain {
  const known = domains[index] as EventDomain;
  const idOrNull = id === -1 ? null : id;
  if (known.id === idOrNull) return known;
  return (domains[index] = Object.freeze({ name: known.name, uuid: known.uuid, id: idOrNull }));
}
