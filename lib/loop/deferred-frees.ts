/**
 * Frees what was removed, later and on a stack of its own: the code that removes may hold a lock that a free callback
 * needs. Relied on by {@link RxEventImpl}.
 */
export class DeferredFrees<Removed> {
  readonly #defer: (work: () => void) => void;
  readonly #free: (removed: Removed) => void;
  readonly #onRound: () => void;
  #removed: Removed[] = [];
  /** How many are being freed just now. */
  #inFree = 0;
  #isDue = false;
  #whenFreed: (() => void)[] = [];

  /**
   * @param defer Runs work later.
   * @param free Frees one, and doesn't throw.
   * @param onRound Called after each round of frees.
   */
  constructor(defer: (work: () => void) => void, free: (removed: Removed) => void, onRound: () => void) {
    this.#defer = defer;
    this.#free = free;
    this.#onRound = onRound;
  }

  /** How many are removed but not freed yet. */
  get pending(): number {
    return this.#removed.length + this.#inFree;
  }

  add(removed: Removed): void {
    this.#removed.push(removed);
    this.schedule();
  }

  /** Sees to it that what is removed will be freed. */
  schedule(): void {
    if (this.#isDue || this.#removed.length === 0) return;
    this.#defer(() => {
      this.#freeRemoved();
    });
    // False if the scheduler has run the work at once. Comes last: if JavaScript is stopped before this line,
    // the next removal schedules the frees.
    this.#isDue = this.#removed.length > 0;
  }

  /** Resolves once everything that is already removed is freed. */
  freed(): Promise<void> {
    return this.pending === 0 ? Promise.resolve() : new Promise((resolve) => this.#whenFreed.push(resolve));
  }

  #freeRemoved(): void {
    this.#isDue = false;
    const removed = this.#removed;
    this.#removed = [];
    this.#inFree = removed.length;
    for (const each of removed) this.#free(each);
    this.#inFree = 0;
    // A free callback may have removed something meanwhile. Then this waits for that one's free too.
    if (this.pending === 0) for (const resolve of this.#whenFreed.splice(0)) resolve();
    this.#onRound();
  }
}
