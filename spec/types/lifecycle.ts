// This file is compiled and never run. It shows how `event` and `detail` of a lifecycle event narrow each other.
import type { Connection, DomainLifecycleEvent } from '../../lib/index.js';
import type { Assert, Equal } from './equal.js';

declare const connection: Connection;

/** `event` narrows `detail`, even when both are destructured from the event. */
export function describeLifecycle({ event, detail }: DomainLifecycleEvent): string {
  switch (event) {
    case 'started':
      return detail satisfies
        'booted' | 'migrated' | 'restored' | 'snapshot' | 'event-wakeup' | 'recreated' | 'unknown';
    case 'undefined':
      return detail satisfies 'removed' | 'renamed' | 'unknown';
    case 'pmsuspended':
      return detail satisfies 'memory' | 'disk' | 'unknown';
    case 'crashed':
      return detail satisfies 'panicked' | 'crashloaded' | 'unknown';
    case 'unknown':
      return detail satisfies 'unknown';
    case 'defined':
    case 'suspended':
    case 'resumed':
    case 'stopped':
    case 'shutdown':
      return detail;
  }
}

type Of<Event> = Extract<DomainLifecycleEvent, { event: Event }>;

export type Checks = [
  Assert<Equal<Of<'undefined'>['detail'], 'removed' | 'renamed' | 'unknown'>>,
  Assert<Equal<Of<'unknown'>['detail'], 'unknown'>>,
];

/** `detail` narrows `event` too. */
export function narrowed(heard: DomainLifecycleEvent): void {
  if (heard.detail === 'booted') heard.event satisfies 'started';
  if (heard.detail === 'recreated') heard.event satisfies 'started' | 'stopped';
}

export function refusals(): void {
  const lifecycle = connection.domainEvents('lifecycle');
  // @ts-expect-error -- stopped has no such detail
  lifecycle.subscribe(({ event, detail }) => event === 'stopped' && detail === 'booted');
  // @ts-expect-error -- stopped has no such detail
  lifecycle.subscribe((heard) => heard.event === 'stopped' && heard.detail === 'booted');
  // @ts-expect-error -- no event has such a detail
  lifecycle.subscribe(({ detail }) => detail === 'boot');
}
