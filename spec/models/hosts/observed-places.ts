import type { FromHost } from '../../../lib/hosts/position.js';

/** Checks the places of all items of a host: no two items have the same one, and they ascend for each subscriber. */
export class ObservedPlaces {
  readonly #faults: string[];
  readonly #items = new Map<string, object>();

  constructor(faults: string[]) {
    this.#faults = faults;
  }

  /** A function that one subscriber calls with each item. */
  ofSubscriber(name: string): (item: FromHost<object>) => void {
    let lastEpoch = 0;
    let lastSeq = 0;
    return (item) => {
      const { epoch, seq } = item.position;
      const place = `${epoch}.${seq}`;
      if (epoch < lastEpoch || (epoch === lastEpoch && seq <= lastSeq))
        this.#faults.push(`${name}: place ${place} follows place ${lastEpoch}.${lastSeq}`);
      lastEpoch = epoch;
      lastSeq = seq;
      const known = this.#items.get(place);
      if (known !== undefined && known !== item) this.#faults.push(`${name}: two items have place ${place}`);
      this.#items.set(place, item);
    };
  }
}
