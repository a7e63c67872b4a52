import { overflow, type Overflow } from '../events/overflow.js';
import { Fifo } from './fifo.js';

/**
 * The items that wait for a slow consumer, in their order. Where items were dropped it has one overflow item, which
 * counts them and needs no place among the `limit` items. When the buffer is full, it takes items again only when half
 * of it is free. Otherwise a consumer that stays too slow would get an overflow item for every other item.
 */
export class BoundedBuffer<T> {
  readonly #limit: number;
  /** Each entry has an item, or the number of items that were dropped at its place. */
  readonly #waiting = new Fifo<{ readonly item: T } | { dropped: number }>();
  #items = 0;
  #overflow: { dropped: number } | undefined;

  /** @param limit How many items may wait, at least 1. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Adds an item, or counts it as dropped. */
  add(item: T): void {
    if (this.#overflow === undefined && this.#items < this.#limit) {
      this.#items++;
      this.#waiting.add({ item });
    } else if (this.#overflow === undefined) {
      this.#overflow = { dropped: 1 };
      this.#waiting.add(this.#overflow);
    } else {
      this.#overflow.dropped++;
    }
  }

  /** Removes the oldest item or overflow item, and returns it. Undefined when nothing waits. */
  take(): { readonly item: T | Overflow } | undefined {
    const entry = this.#waiting.take()?.item;
    if (entry === undefined) return undefined;
    if ('dropped' in entry) {
      if (entry === this.#overflow) this.#overflow = undefined;
      return { item: overflow(entry.dropped) };
    }
    if (--this.#items <= this.#limit / 2) this.#overflow = undefined;
    return entry;
  }

  clear(): void {
    this.#waiting.clear();
    this.#items = 0;
    this.#overflow = undefined;
  }
}
