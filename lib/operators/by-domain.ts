import { Observable, tap, type ObservableInput, type OperatorFunction } from 'rxjs';
import { checkFunction, describe } from '../arguments.js';
import { checkFilter } from '../events/filter.js';
import { Fifo } from './fifo.js';
import { InOrder, whileWanted } from './in-order.js';
import { isMissing, type Missing } from './missing.js';

/** An event of a domain, which is identified by its uuid. */
interface OfDomain {
  readonly domain: { readonly uuid: string };
}

/**
 * Handles the events of each domain one after the other, in order. Events of different domains are handled
 * side by side. Emits what the handlers emit. When a handler errors, the stream errors. A domain whose events
 * are all handled is forgotten, so memory does not grow while domains come and go.
 *
 * Items of a host's stream that say where events are missing (`'gap'`, `'overflow'`) belong to no domain: they are
 * emitted at once.
 * @param handle Makes a promise or an Observable from an event. The domain's next event waits until that has
 *   completed.
 * @throws {TypeError} at once when `handle` is no function; on the error path for an event that has no domain.
 * @example
 * host.domainEvents('lifecycle').pipe(byDomain(async (event) => save(event))).subscribe();
 */
export function byDomain<T extends OfDomain | Missing, R>(
  handle: (event: NoInfer<Extract<T, OfDomain>>) => ObservableInput<R>,
): OperatorFunction<T, R | Exclude<T, OfDomain>>;
/** Where it is called outside of `pipe`, the type of the events is that of the handler. */
export function byDomain<T extends OfDomain, R>(
  handle: (event: T) => ObservableInput<R>,
): OperatorFunction<T, R>;
export function byDomain<T extends OfDomain | Missing, R>(
  handle: (event: Extract<T, OfDomain>) => ObservableInput<R>,
): OperatorFunction<T, R | Exclude<T, OfDomain>> {
  type Event = Extract<T, OfDomain>;
  type Result = R | Exclude<T, OfDomain>;
  checkFunction('handle', handle);
  return (source) =>
    new Observable<Result>((subscriber) => {
      // Only of domains that have events to handle.
      const domains = new Map<
        string,
        { readonly events: Fifo<Event>; readonly inOrder: InOrder<Event, Result> }
      >();
      let isSourceComplete = false;
      const completeWhenDone = () => {
        if (isSourceComplete && domains.size === 0) subscriber.complete();
      };
      const domainOf = (uuid: string) => {
        const known = domains.get(uuid);
        if (known !== undefined) return known;
        const whenDone = () => {
          domains.delete(uuid);
          completeWhenDone();
        };
        const events = new Fifo<Event>();
        const handling = { operator: 'byDomain', handle, whenDone };
        const inOrder = new InOrder<Event, Result>(events, handling, subscriber);
        domains.set(uuid, { events, inOrder });
        return { events, inOrder };
      };
      // A promise that is under way may last long. It must not keep the events in memory.
      subscriber.add(() => {
        for (const { events } of domains.values()) events.clear();
        domains.clear();
      });
      subscriber.add(
        source.pipe(tap<T>(checkItem), whileWanted(subscriber)).subscribe({
          next: (item) => {
            if (isMissing(item)) {
              subscriber.next(item as Exclude<T, OfDomain>);
              return;
            }
            const event = item as Event;
            const { events, inOrder } = domainOf(event.domain.uuid);
            events.add(event);
            inOrder.work();
          },
          error: (error: unknown) => {
            subscriber.error(error);
          },
          complete: () => {
            isSourceComplete = true;
            completeWhenDone();
          },
        }),
      );
    });
}

function checkItem(event: unknown): void {
  if (isMissing(event)) return;
  if (typeof event !== 'object' || event === null)
    throw new TypeError(`byDomain takes events of domains, got ${describe(event)}`);
  checkFilter('the domain of an event', 'uuid', (event as Partial<OfDomain>).domain);
}
