/** Items in the order in which they were added. Adding and taking one costs the same with any number of them. */
export class Fifo<T> {
  readonly #items = new Map<number, T>();
  #first = 0;
  #next = 0;

  add(item: T): void {
    this.#items.set(this.#next++, item);
  }

  /** Removes the first one, and returns it. Undefined when there is none. */
  take(): { readonly item: T } | undefined {
    if (this.#first === this.#next) return undefined;
    const item = this.#items.get(this.#first) as T;
    this.#items.delete(this.#first++);
    return { item };
  }

  clear(): void {
    this.#items.clear();
    this.#first = this.#next;
  }
}
