import type { EventDomain } from '../events/event-object-types.js';

/**
 * The domains that one connection's events name, by the index that the addon gives out for each name and uuid.
 * Names and ids change seldom, and making these objects anew would be most of the cost of an event.
 */
export class DomainIdentities {
  #domains: EventDomain[] = [];

  /** Takes over what a slice of events brings of new domains: name and uuid in turns. */
  learn(identities: readonly string[], resets: boolean): void {
    if (resets) this.#domains = [];
    for (let i = 0; i < identities.length; i += 2) {
      this.#domains.push(
        Object.freeze({ name: identities[i] as string, uuid: identities[i + 1] as string, id: null }),
      );
    }
  }

  /** The domain with this index, and -1 or its number: the last object made, if that is still true of it. */
  at(index: number, id: number): EventDomain {
    const known = this.#domains[index] as EventDomain;
    const idOrNull = id === -1 ? null : id;
    if (known.id === idOrNull) return known;
    return (this.#domains[index] = Object.freeze({ name: known.name, uuid: known.uuid, id: idOrNull }));
  }
}
