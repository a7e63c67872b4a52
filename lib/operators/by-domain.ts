import {
  concatMap,
  defer,
  finalize,
  groupBy,
  mergeMap,
  Subject,
  tap,
  type ObservableInput,
  type OperatorFunction,
} from 'rxjs';
import { checkFunction } from '../loop/arguments.js';
import { checkFilter } from '../events/filter.js';

/** What tells one domain from another. */
interface OfDomain {
  readonly domain: { readonly uuid: string };
}

interface Unhandled {
  count: number;
  readonly none: Subject<void>;
}

/**
 * Handles the events of each domain one after the other, in order, and those of different domains side by
 * side; emits what the handlers emit. A domain whose events are all handled is forgotten, so that domains
 * may come and go for months. An error of a handler is the stream's.
 * @param handle Makes a promise or stream of an event; the domain's next event waits until it has completed.
 * @throws {TypeError} at once when `handle` is no function; on the error path for an event that has no domain.
 * @example
 * connection.domainEvents('lifecycle').pipe(byDomain(async (event) => save(event))).subscribe();
 */
export function byDomain<T extends OfDomain, R>(
  handle: (event: T) => ObservableInput<R>,
): OperatorFunction<T, R> {
  checkFunction('handle', handle);
  return (source) =>
    defer(() => {
      const unhandled = new Map<string, Unhandled>();
      const unhandledOf = (uuid: string): Unhandled => {
        const known = unhandled.get(uuid) ?? { count: 0, none: new Subject() };
        unhandled.set(uuid, known);
        return known;
      };
      const settle = (uuid: string) => {
        const ofDomain = unhandledOf(uuid);
        if (--ofDomain.count > 0) return;
        unhandled.delete(uuid);
        ofDomain.none.next();
      };
      return source.pipe(
        tap((event) => {
          checkFilter('the domain of an event', 'uuid', event.domain);
          unhandledOf(event.domain.uuid).count++;
        }),
        // Not before all is handled: a new group for the same domain would not wait for the old one.
        groupBy(({ domain }) => domain.uuid, { duration: ({ key }) => unhandledOf(key).none }),
        mergeMap((ofDomain) =>
          ofDomain.pipe(
            concatMap((event) => defer(() => handle(event)).pipe(finalize(() => settle(ofDomain.key)))),
          ),
        ),
      );
    });
}
