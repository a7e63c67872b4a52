import {
  domainLifecycleDetails,
  domainLifecycleEvents,
  type DomainLifecycleEvent,
} from './domain-lifecycle-table.js';
import type { PayloadReader } from '../native/payload-reader.js';

const events = domainLifecycleEvents.words;
const details: readonly (readonly string[])[] = events.map(
  (event) => domainLifecycleDetails.words[event].words,
);

/** Reads a domain's lifecycle event. Written by hand, for speed: most events are of this kind. */
export function decodeLifecycle(payload: PayloadReader): DomainLifecycleEvent {
  const domain = payload.domain();
  const eventNumber = payload.number();
  const detailNumber = payload.number();
  // The compiler can't see that both words come from the same row of the tables.
  return Object.freeze({
    category: 'domain',
    type: 'lifecycle',
    domain,
    event: events[eventNumber] ?? 'unknown',
    detail: details[eventNumber]?.[detailNumber] ?? 'unknown',
    eventNumber,
    detailNumber,
    time: payload.time,
  }) as DomainLifecycleEvent;
}
