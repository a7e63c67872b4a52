import { Observable, type ObservableInput, type OperatorFunction } from 'rxjs';
import type { Overflow } from '../events/overflow.js';
import { checkFunction, checkInteger } from '../arguments.js';
import { BoundedBuffer } from './bounded-buffer.js';
import { InOrder, whileWanted } from './in-order.js';

/**
 * Handles one item after the other, as `concatMap` does, but with at most `limit` items waiting. `concatMap` itself
 * lets any number wait, so a slow handler fills the memory. When `limit` items wait, further items are dropped until
 * half of the places are free. The handler then gets `{ type: 'overflow', dropped }` at the place in the order where
 * the items are missing. So nothing is dropped silently.
 *
 * Emits what the handlers emit. When the source completes or errors, the items that wait are handled first. When a
 * handler throws, errors or returns nothing, the stream errors, and nothing more is handled: use `catchError` or `try` in the handler
 * to go on. After `unsubscribe()` nothing more is handled. An Observable of the handler is unsubscribed from; a promise
 * can't be stopped, and its result is ignored.
 * @param handle Makes a promise or an Observable from an item or an overflow item. The next item waits until that has
 *   completed.
 * @param limit How many items may wait, an integer from 1 to 2^31 - 1. The one that is handled doesn't count.
 * @throws {TypeError | RangeError} at once, for invalid arguments.
 * @example
 * host.domainEvents('lifecycle').pipe(
 *   concatMapBounded(async (item) => (item.type === 'overflow' ? warn(item.dropped) : save(item)), 1000),
 * ).subscribe();
 */
export function concatMapBounded<T, R>(
  handle: (item: T | Overflow) => ObservableInput<R>,
  limit: number,
): OperatorFunction<T, R> {
  checkFunction('handle', handle);
  checkInteger('limit', limit, 1, 0x7fffffff);
  return (source) =>
    new Observable<R>((subscriber) => {
      const waiting = new BoundedBuffer<T>(limit);
      let end: (() => void) | undefined;
      const whenDone = () => end?.();
      const handling = { operator: 'concatMapBounded', handle, whenDone };
      const inOrder = new InOrder<T | Overflow, R>(waiting, handling, subscriber);
      // A promise that is under way may last long. It must not keep the items in memory.
      subscriber.add(() => {
        waiting.clear();
      });
      subscriber.add(
        source.pipe(whileWanted(subscriber)).subscribe({
          next: (item) => {
            waiting.add(item);
            inOrder.work();
          },
          error: (error: unknown) => {
            end = () => {
              subscriber.error(error);
            };
            inOrder.work();
          },
          complete: () => {
            end = () => {
              subscriber.complete();
            };
            inOrder.work();
          },
        }),
      );
    });
}
