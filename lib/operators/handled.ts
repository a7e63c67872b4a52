import { defer, from, type Observable, type ObservableInput } from 'rxjs';
import { describe } from '../arguments.js';

/**
 * What a handler emits for an item. Cold: the handler is called on subscribe.
 * @param operator The operator that has the handler, for messages.
 * @throws {TypeError} on the error path, when the handler returns something that emits nothing.
 */
export function handled<T, R>(
  operator: string,
  handle: (item: T) => ObservableInput<R>,
  item: T,
): Observable<R> {
  return defer(() => {
    const result = handle(item);
    try {
      return from(result);
    } catch (cause) {
      throw new TypeError(
        `the handler of ${operator} must return a promise or an Observable, got ${describe(result)}; write async before it, or return EMPTY`,
        { cause },
      );
    }
  });
}
