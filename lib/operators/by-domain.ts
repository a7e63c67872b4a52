import { Observable, tap, type ObservableInput, type OperatorFunction } from 'rxjs';
import { checkFunction, describe } from '../loop/arguments.js';
import { checkFilter } from '../events/filter.js';
import { Fifo } from './fifo.js';
import { InOrder, whileWanted } from './in-order.js';

/** An event of a domain, which is identified by its uuid. */
interface OfDomain {
  readonly domain: { readonly uuid: string };
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
    new Observable<R>((subscriber) => {
      // Only of domains that have events to handle.
      const domains = new Map<string, { readonly events: Fifo<T>; readonly inOrder: InOrder<T, R> }>();
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
        const events = new Fifo<T>();
        const inOrder = new InOrder(events, { operator: 'byDomain', handle, whenDone }, subscriber);
        domains.set(uuid, { events, inOrder });
        return { events, inOrder };
      };
      // A promise that is under way may last long. It must not keep the events in memory.
      subscriber.add(() => {
        for (const { events } of domains.values()) events.clear();
        domains.clear();
      });
      subscriber.add(
        source.pipe(tap<T>(checkEvent), whileWanted(subscriber)).subscribe({
          next: (event) => {
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

function checkEvent(event: unknown): void {
  if (typeof event !== 'object' || event === null)
    throw new TypeError(`byDomain takes events of domains, got ${describe(event)}`);
  checkFilter('the domain of an event', 'uuid', (event as Partial<OfDomain>).domain);
}
