/** How many events of one kind have been received. */
export interface EventCount {
  readonly category: string;
  readonly type: string;
  /** Each registration counts by itself: with and without a filter they receive the same event twice. */
  received: number;
}

/** How many events of each kind have been received. An event costs one addition. */
export class EventCounts implements Iterable<Readonly<EventCount>> {
  readonly #counts = new Map<string, EventCount>();

  /** The count of one kind, to be increased. */
  of(category: string, type: string): EventCount {
    const key = `${category} ${type}`;
    const known = this.#counts.get(key) ?? { category, type, received: 0 };
    this.#counts.set(key, known);
    return known;
  }

  [Symbol.iterator](): Iterator<Readonly<EventCount>> {
    return this.#counts.values();
  }
}
