import type { EventDomain } from '../events/event-object-types.js';

/**
 * The domains that one connection's events name, by the index that the addon gives to each pair of name and
 * uuid. The objects are kept, because names and ids seldom change, and making an object for each event would
 * be most of the cost of an event.
 */
export class DomainIdentities {
  #domains: EventDomain[] = [];

  /** Adds the new domains of a slice of events. `identities` has pairs of name and uuid. */
  learn(identities: readonly string[], resets: boolean): void {
    if (resets) this.#domains = [];
    for (let i = 0; i < identities.length; i += 2) {
      this.#domains.push(
        Object.freeze({ name: identities[i] as string, uuid: identities[i + 1] as string, id: null }),
      );
    }
  }

  /**
   * The domain with this index and this id, which is -1 when it isn't running. Returns the last object that
   * was made for the index, if its id is the same.
   */
  at(index: number, id: number): EventDomain {
    const known = this.#domains[index] as EventDomain;
    const idOrNull = id === -1 ? null : id;
    if (known.id === idOrNull) return known;
    return (this.#domains[index] = Object.freeze({ name: known.name, uuid: known.uuid, id: idOrNull }));
  }
}
