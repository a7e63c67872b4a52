import { asapScheduler, finalize, Observable, throwError } from 'rxjs';
import type * as Options from '../connection/event-options.js';
import { acknowledgement } from '../events/acknowledgement.js';
import type { RegisteredCategory } from '../events/event-table.js';
import type { FleetMembers, Member } from './fleet-members.js';
import { readEventRequest } from './host-events.js';
import type { Host } from './host.js';

/** The events of one type, from each host of a fleet. */
export function fleetEvents<Given extends Options.EventOptions, T>(
  members: FleetMembers,
  category: RegisteredCategory,
  type: string,
  options: Given,
  listen: (host: Host, options: Given) => Observable<T>,
): Observable<T> {
  const { unknown } = readEventRequest(category, type, options);
  return unknown === undefined ? mergeEvents(members, options, listen) : throwError(() => unknown);
}

/**
 * Merges the events of each host. Calls `onRegistered` when each host that was there at the subscription has
 * acknowledged, or has left.
 */
export function mergeEvents<Given extends Options.EventOptions, T>(
  members: FleetMembers,
  options: Given,
  listen: (host: Host, options: Given) => Observable<T>,
): Observable<T> {
  const { onRegistered, ...given } = options;
  if (onRegistered === undefined) return members.merge(({ host }) => listen(host, options));
  return new Observable((subscriber) => {
    const tell = acknowledgement(onRegistered);
    const missing = new Set<Member>();
    let isStarting = true;
    const settle = (member: Member) => {
      missing.delete(member);
      if (!isStarting && missing.size === 0) tell();
    };
    const events = members.merge((member) => {
      if (!isStarting) return listen(member.host, given as Given);
      missing.add(member);
      const settleThis = () => {
        settle(member);
      };
      return listen(member.host, { ...options, onRegistered: settleThis }).pipe(finalize(settleThis));
    });
    subscriber.add(events.subscribe(subscriber));
    isStarting = false;
    if (missing.size === 0 && !subscriber.closed) subscriber.add(asapScheduler.schedule(tell));
  });
}
