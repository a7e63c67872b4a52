import type { EventDomain } from './domain-identity.js';
import { EventFamily, type EventKind } from './event-kind.js';
import { domainLifecycleDetails, domainLifecycleEvents } from './lifecycle-enumerations.js';

type LifecycleEvent = (typeof domainLifecycleEvents)[number];
type LifecycleDetail = (typeof domainLifecycleDetails)[LifecycleEvent][number];

/** A domain was defined, started, stopped …; virConnectDomainEventCallback. */
export interface DomainLifecycleEvent {
  readonly category: 'domain';
  readonly type: 'lifecycle';
  readonly domain: EventDomain;
  /** What happened; `'unknown'` when newer than this library: see `eventNumber`. */
  readonly event: LifecycleEvent | 'unknown';
  /** Why; `'unknown'` when newer than this library: see `detailNumber`. */
  readonly detail: LifecycleDetail | 'unknown';
  /** libvirt's virDomainEventType. */
  readonly eventNumber: number;
  /** libvirt's virDomainEvent…DetailType for this event. */
  readonly detailNumber: number;
  /** When the event reached this process: milliseconds since 1970. */
  readonly time: number;
}

/** The payload of each type of domain event. */
export interface DomainEventMap {
  lifecycle: DomainLifecycleEvent;
}

export type DomainEventType = keyof DomainEventMap;

const lifecycleDetails: readonly (readonly LifecycleDetail[])[] = domainLifecycleEvents.map(
  (event) => domainLifecycleDetails[event],
);

/** How each type of domain event is registered and read. */
export const domainEventKinds: { readonly [T in DomainEventType]: EventKind<DomainEventMap[T]> } = {
  lifecycle: {
    family: EventFamily.domain,
    id: 0,
    category: 'domain',
    type: 'lifecycle',
    decode: (payload) => {
      const domain = payload.domain();
      const eventNumber = payload.number();
      const detailNumber = payload.number();
      return Object.freeze({
        category: 'domain',
        type: 'lifecycle',
        domain,
        event: domainLifecycleEvents[eventNumber] ?? 'unknown',
        detail: lifecycleDetails[eventNumber]?.[detailNumber] ?? 'unknown',
        eventNumber,
        detailNumber,
        time: payload.time,
      });
    },
  },
};
