import { groupBy, map, mergeMap, timeInterval, type Observable } from 'rxjs';
import type { DomainEventMap } from '../lib/index.js';

type LifecycleEvent = DomainEventMap['lifecycle'];

/** Emits a line to print for each event, with the time since the previous event of the same domain. */
export function narrate(events: Observable<LifecycleEvent>): Observable<string> {
  return events.pipe(
    groupBy(({ domain }) => domain.uuid),
    mergeMap((ofOneDomain) => ofOneDomain.pipe(timeInterval())),
    map(({ value: { time, domain, event, detail }, interval }) =>
      [
        new Date(time).toISOString().slice(11, 23),
        domain.name.padEnd(12),
        `${event} (${detail})`.padEnd(28),
        `+${interval} ms`,
      ].join('  '),
    ),
  );
}
