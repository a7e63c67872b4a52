import type { Observable, Subscription } from 'rxjs';
import type { Overflow } from '../events/overflow.js';
import { checkInteger, checkMethods } from '../arguments.js';
import { BoundedBuffer } from './bounded-buffer.js';

/**
 * The items of an Observable for a `for await` loop, with at most `limit` items waiting. When `limit` items wait,
 * further items are dropped until half of the places are free. The loop then gets `{ type: 'overflow', dropped }` at
 * the place in the order where the items are missing. So nothing is dropped silently.
 *
 * Cold: each loop subscribes when it begins, and unsubscribes when it is left. When the source completes or errors, the
 * loop first gets the items that wait. Then it ends, or throws the error.
 * @param limit How many items may wait, an integer from 1 to 2^31 - 1.
 * @throws {TypeError | RangeError} at once, for invalid arguments.
 * @example
 * for await (const item of iterateBounded(host.domainEvents('lifecycle'), 1000)) {
 *   if (item.type === 'overflow') warn(item.dropped);
 *   else await save(item);
 * }
 */
export function iterateBounded<T>(source: Observable<T>, limit: number): AsyncIterable<T | Overflow> {
  checkMethods('source', source, 'an Observable', ['subscribe']);
  checkInteger('limit', limit, 1, 0x7fffffff);
  return { [Symbol.asyncIterator]: () => new BoundedIterator(source, limit) };
}

type Result<T> = IteratorResult<T | Overflow, undefined>;

interface Asking<T> {
  readonly resolve: (result: Result<T>) => void;
  readonly reject: (error: unknown) => void;
}

// No async generator: its `return()` would wait for the next item, and the subscription with it.
class BoundedIterator<T> implements AsyncIterator<T | Overflow, undefined> {
  readonly #waiting: BoundedBuffer<T>;
  /** Calls of `next()` that have no item yet. Only when there are none, items wait. */
  readonly #asking: Asking<T>[] = [];
  #end: { readonly error?: unknown } | undefined;
  readonly #subscription: Subscription;

  constructor(source: Observable<T>, limit: number) {
    this.#waiting = new BoundedBuffer(limit);
    this.#subscription = source.subscribe({
      next: (value) => {
        const asking = this.#asking.shift();
        if (asking === undefined) this.#waiting.add(value);
        else asking.resolve({ done: false, value });
      },
      error: (error: unknown) => this.#finish({ error }),
      complete: () => this.#finish({}),
    });
  }

  next(): Promise<Result<T>> {
    return new Promise((resolve, reject) => {
      const waiting = this.#waiting.take();
      if (waiting !== undefined) resolve({ done: false, value: waiting.item });
      else if (this.#end === undefined) this.#asking.push({ resolve, reject });
      else this.#tellEnd({ resolve, reject });
    });
  }

  return(): Promise<Result<T>> {
    this.#subscription.unsubscribe();
    this.#waiting.clear();
    this.#finish({});
    return Promise.resolve({ done: true, value: undefined });
  }

  #finish(end: { readonly error?: unknown }): void {
    this.#end = end;
    for (const asking of this.#asking.splice(0)) this.#tellEnd(asking);
  }

  /** Only one call of `next()` gets the error. */
  #tellEnd({ resolve, reject }: Asking<T>): void {
    const end = this.#end;
    this.#end = {};
    if (end !== undefined && 'error' in end) reject(end.error);
    else resolve({ done: true, value: undefined });
  }
}
