import type { Observable } from 'rxjs';

/** Collects what a stream emits. */
export class Heard<T> implements Disposable {
  readonly items: T[] = [];
  readonly #waiting = new Set<() => void>();
  readonly #subscription;
  constructor(stream: Observable<T>) {
    this.#subscription = stream.subscribe((item) => {
      this.items.push(item);
      for (const look of [...this.#waiting]) look();
    });
  }
  /** Resolves when all items fulfil a condition together. */
  until(isDone: (items: readonly T[]) => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!isDone(this.items)) return;
        this.#waiting.delete(look);
        resolve();
      };
      this.#waiting.add(look);
      look();
    });
  }
  [Symbol.dispose](): void {
    this.#subscription.unsubscribe();
  }
}
