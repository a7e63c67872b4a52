import {
  asyncScheduler,
  Observable,
  timer,
  type MonoTypeOperatorFunction,
  type SchedulerLike,
  type Subscription,
} from 'rxjs';
import { checkMilliseconds, checkScheduler } from '../arguments.js';
import type { LibvirtEvent } from '../events/event-types.js';
import { isMissing, type Missing } from './missing.js';

interface Held<T> {
  readonly stopped: T;
  /** The domain's later events. They wait too, so that the order stays the same. */
  readonly later: T[];
  readonly timer: Subscription;
}

/**
 * Drops the *stopped* events of restarts. Holds back each *stopped* event of a domain for a while, and drops
 * it when the same domain is *started* within that time. When another *stopped* comes first, the held one is emitted,
 * because no *started* has followed it. The domain's other events wait until then, so that their order stays the
 * same. All other items pass at once, also a `'gap'` or an `'overflow'` of a host's stream. When the source completes
 * or errors, the events that are held back are emitted first.
 * @param ms How long a domain may take to start again, in milliseconds, up to 2^31 - 1.
 * @throws {TypeError | RangeError} at once, for invalid arguments.
 * @example
 * host.domainEvents('lifecycle').pipe(settleStopped(15_000)).subscribe(alert);
 */
export function settleStopped<T extends LibvirtEvent | Missing>(
  ms: number,
  scheduler: SchedulerLike = asyncScheduler,
): MonoTypeOperatorFunction<T> {
  checkMilliseconds('ms', ms);
  checkScheduler('scheduler', scheduler);
  return (source) =>
    new Observable<T>((subscriber) => {
      const held = new Map<string, Held<T>>();
      const release = (uuid: string, isRestart: boolean) => {
        const { stopped, later, timer } = held.get(uuid) as Held<T>;
        held.delete(uuid);
        timer.unsubscribe();
        for (const event of isRestart ? later : [stopped, ...later]) subscriber.next(event);
      };
      const releaseAll = () => {
        for (const uuid of [...held.keys()]) release(uuid, false);
      };
      subscriber.add(
        source.subscribe({
          next: (event) => {
            const uuid = 'domain' in event ? event.domain.uuid : undefined;
            if (uuid === undefined) {
              subscriber.next(event);
              return;
            }
            if (isLifecycle(event, 'stopped')) {
              if (held.has(uuid)) release(uuid, false);
              const settling = timer(ms, scheduler).subscribe(() => release(uuid, false));
              held.set(uuid, { stopped: event, later: [], timer: settling });
              return;
            }
            if (isLifecycle(event, 'started') && held.has(uuid)) release(uuid, true);
            const waiting = held.get(uuid);
            if (waiting === undefined) subscriber.next(event);
            else waiting.later.push(event);
          },
          error: (error: unknown) => {
            releaseAll();
            subscriber.error(error);
          },
          complete: () => {
            releaseAll();
            subscriber.complete();
          },
        }),
      );
      return () => {
        for (const { timer } of held.values()) timer.unsubscribe();
      };
    });
}

function isLifecycle(event: LibvirtEvent | Missing, what: 'started' | 'stopped'): boolean {
  return (
    !isMissing(event) && event.category === 'domain' && event.type === 'lifecycle' && event.event === what
  );
}
