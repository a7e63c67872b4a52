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
import { handled } from './handled.js';

/** An event of a domain, which is identified by its uuid. */
interface OfDomain {
  readonly domain: { readonly uuid: string };
}

interface Unhandled {
  count: number;
  readonly none: Subject<void>;
}

/**
 * Handles the events of each domain one after the other, in order. Events of different domains are handled
 * side by side. Emits what the handlers emit. When a handler errors, the stream errors. A domain whose events
 * are all handled is forgotten, so memory does not grow while domains come and go.
 * @param handle Makes a promise or an Observable from an event. The domain's next event waits until that has
 *   completed.
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
        // The group ends only when all its events are handled: a new group for the same domain would not wait
        // for it.
        groupBy(({ domain }) => domain.uuid, { duration: ({ key }) => unhandledOf(key).none }),
        mergeMap((ofDomain) =>
          ofDomain.pipe(
            concatMap((event) =>
              handled('byDomain', handle, event).pipe(finalize(() => settle(ofDomain.key))),
            ),
          ),
        ),
      );
    });
}
