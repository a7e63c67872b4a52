import type { EventDomain } from './event-object-types.js';
import { details, numberOf, words } from './fields.js';
import { event } from './row.js';

/** What happened to a domain; libvirt's virDomainEventType, in virsh's words. */
export const domainLifecycleEvents = words('virDomainEventType', [
  'defined',
  'undefined',
  'started',
  'suspended',
  'resumed',
  'stopped',
  'shutdown',
  'pmsuspended',
  'crashed',
]);

/** The possible reasons for each of {@link domainLifecycleEvents}. */
export const domainLifecycleDetails = details('event', {
  defined: {
    enumeration: 'virDomainEventDefinedDetailType',
    words: ['added', 'updated', 'renamed', 'snapshot'],
  },
  undefined: { enumeration: 'virDomainEventUndefinedDetailType', words: ['removed', 'renamed'] },
  started: {
    enumeration: 'virDomainEventStartedDetailType',
    words: ['booted', 'migrated', 'restored', 'snapshot', 'event-wakeup', 'recreated'],
  },
  suspended: {
    enumeration: 'virDomainEventSuspendedDetailType',
    words: [
      'paused',
      'migrated',
      'io-error',
      'watchdog',
      'restored',
      'snapshot',
      'api-error',
      'post-copy',
      'post-copy-error',
      'guest-shutdown',
    ],
  },
  resumed: {
    enumeration: 'virDomainEventResumedDetailType',
    words: ['unpaused', 'migrated', 'snapshot', 'post-copy', 'post-copy-error'],
  },
  stopped: {
    enumeration: 'virDomainEventStoppedDetailType',
    words: ['shutdown', 'destroyed', 'crashed', 'migrated', 'saved', 'failed', 'snapshot', 'recreated'],
  },
  shutdown: {
    enumeration: 'virDomainEventShutdownDetailType',
    words: ['finished', 'finished-after-guest-request', 'finished-after-host-request'],
  },
  pmsuspended: { enumeration: 'virDomainEventPMSuspendedDetailType', words: ['memory', 'disk'] },
  crashed: { enumeration: 'virDomainEventCrashedDetailType', words: ['panicked', 'crashloaded'] },
});

/** This row has a type and a decoder of its own, because `event` decides which details are possible. */
export const domainLifecycle = {
  /** A domain was defined, started, stopped … */
  lifecycle: event(0, 'virConnectDomainEventCallback', '0.8.0', {
    event: domainLifecycleEvents,
    eventNumber: numberOf('event'),
    detail: domainLifecycleDetails,
    detailNumber: numberOf('detail'),
  }),
};

type Details = (typeof domainLifecycleDetails)['words'];

/** A lifecycle event of one kind, with the details that this kind has. */
interface LifecycleOf<Event extends string, Detail extends string> {
  readonly category: 'domain';
  /** Which event, by the name that `virsh event --list` has for it. */
  readonly type: 'lifecycle';
  readonly domain: EventDomain;
  /** What happened; `'unknown'` when the value is newer than this library: see `eventNumber`. */
  readonly event: Event;
  /** Why; `'unknown'` when the value is newer than this library: see `detailNumber`. */
  readonly detail: Detail | 'unknown';
  /** libvirt's virDomainEventType. */
  readonly eventNumber: number;
  /** libvirt's virDomainEvent…DetailType for this event. */
  readonly detailNumber: number;
  /** When the event reached this process: milliseconds since 1970. */
  readonly time: number;
}

/**
 * A domain was defined, started, stopped …; virConnectDomainEventCallback. `event` decides which details are possible,
 * so `switch (event)` narrows the type of `detail`.
 */
export type DomainLifecycleEvent =
  | { [Event in keyof Details]: LifecycleOf<Event, Details[Event]['words'][number]> }[keyof Details]
  | LifecycleOf<'unknown', never>;
