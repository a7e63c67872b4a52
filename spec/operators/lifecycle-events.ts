import type { DomainLifecycleEvent } from '../../lib/index.js';

/** A lifecycle event of the domain with that name, which is also its uuid. */
export function lifecycle(
  name: string,
  event: DomainLifecycleEvent['event'],
  detail: DomainLifecycleEvent['detail'] = 'unknown',
): DomainLifecycleEvent {
  return {
    category: 'domain',
    type: 'lifecycle',
    domain: { name, uuid: name, id: null },
    event,
    detail,
    eventNumber: 0,
    detailNumber: 0,
    time: 0,
  };
}
