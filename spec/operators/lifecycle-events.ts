import type { DomainLifecycleEvent } from '../../lib/index.js';

/** A lifecycle event of the domain with that name, which is also its uuid. */
export function lifecycle<Event extends DomainLifecycleEvent['event']>(
  name: string,
  event: Event,
  detail: Extract<DomainLifecycleEvent, { event: Event }>['detail'] | 'unknown' = 'unknown',
): DomainLifecycleEvent {
  const words = { event, detail } as Pick<DomainLifecycleEvent, 'event' | 'detail'>;
  return {
    category: 'domain',
    type: 'lifecycle',
    domain: { name, uuid: name, id: null },
    ...words,
    eventNumber: 0,
    detailNumber: 0,
    time: 0,
  } as DomainLifecycleEvent;
}
