// W1 and W8: lifecycle events from flood_server, as fast as they come.
import { Connection, type DomainEventMap } from 'rxvirt';
import { deferred } from './deferred.js';
import { now, report, secondsBetween, type Moment } from './figures.js';
import { number, text } from './settings.js';

export async function flood(): Promise<void> {
  const connectionCount = number('connections', 1);
  const subscriberCount = number('subscribers', 1);
  let first: Moment | undefined;
  let deliveries = 0;
  let markers = 0;
  let failed = 0;
  const { promise, resolve } = deferred<Moment>();

  const subscriber = (event: DomainEventMap['lifecycle']): void => {
    if (deliveries++ === 0) first = now();
    if (event.event !== 'stopped' || event.detail !== 'failed') return;
    failed++;
    if (++markers === connectionCount * subscriberCount) resolve(now());
  };

  const connections: Connection[] = [];
  for (let i = 0; i < connectionCount; i++) connections.push(await Connection.open(text('uri', '')));
  for (const connection of connections) {
    const events = connection.domainEvents('lifecycle');
    for (let i = 0; i < subscriberCount; i++) events.subscribe(subscriber);
  }
  const last = await promise;
  const events = deliveries / subscriberCount;
  first ??= last;
  const seconds = secondsBetween(first, last);
  const cpuUs = last.cpuUs - first.cpuUs;
  report('flood', {
    n: events,
    seconds,
    events_per_s: Math.round((events - 1) / seconds),
    deliveries_per_s: Math.round(deliveries / seconds),
    cpu_us_per_event: cpuUs / (events - 1),
    cpu_us_per_delivery: cpuUs / deliveries,
    failed,
  });
  await Promise.all(connections.map((connection) => connection.close()));
}
