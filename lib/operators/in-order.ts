import { takeWhile, type MonoTypeOperatorFunction, type ObservableInput, type Subscriber } from 'rxjs';
import { handled } from './handled.js';

/** Items that wait to be handled, in their order. */
export interface Waiting<T> {
  /** Removes the first one, and returns it. Undefined when nothing waits. */
  take(): { readonly item: T } | undefined;
}

/** What handles the items. */
export interface Handling<T, R> {
  /** The operator that has the handler, for messages. */
  readonly operator: string;
  readonly handle: (item: T) => ObservableInput<R>;
  /** Called when nothing waits and nothing is handled. */
  readonly whenDone: () => void;
}

/**
 * Handles the items that wait, one after the other, and emits what the handlers emit. It is a loop and no recursion,
 * unlike RxJS's concatMap: there, a thousand handlers in a row that complete at once overflow the stack.
 */
export class InOrder<T, R> {
  readonly #waiting: Waiting<T>;
  readonly #handling: Handling<T, R>;
  readonly #subscriber: Subscriber<R>;
  #isHandling = false;
  #isWorking = false;

  constructor(waiting: Waiting<T>, handling: Handling<T, R>, subscriber: Subscriber<R>) {
    this.#waiting = waiting;
    this.#handling = handling;
    this.#subscriber = subscriber;
  }

  /** Handles what waits. Call it after an item was added. */
  work(): void {
    if (this.#isWorking) return;
    this.#isWorking = true;
    while (!this.#isHandling && !this.#subscriber.closed) {
      const next = this.#waiting.take();
      if (next === undefined) break;
      this.#isHandling = true;
      this.#handle(next.item);
    }
    this.#isWorking = false;
    if (!this.#isHandling && !this.#subscriber.closed) this.#handling.whenDone();
  }

  #handle(item: T): void {
    const subscriber = this.#subscriber;
    const { operator, handle } = this.#handling;
    subscriber.add(
      handled(operator, handle, item)
        .pipe(whileWanted(subscriber))
        .subscribe({
          next: (result) => {
            subscriber.next(result);
          },
          error: (error: unknown) => {
            subscriber.error(error);
          },
          complete: () => {
            this.#isHandling = false;
            this.work();
          },
        }),
    );
  }
}

/** A source that emits without a pause ends itself when nobody listens any more. */
export function whileWanted<T>(subscriber: Subscriber<unknown>): MonoTypeOperatorFunction<T> {
  return takeWhile(() => !subscriber.closed);
}
