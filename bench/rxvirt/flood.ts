// W1 and W8: lifecycle events from flood_server, as fast as they come. `via=host`: the events of a watched host.
import type { Observable } from 'rxjs';
// By its namespace, because an older checkout that `--also` measures may not have `watch`.
import * as rxvirt from 'rxvirt';
import { Connection, type DomainEventMap, type Host, type HostItem } from 'rxvirt';
import { deferred } from './deferred.js';
import { now, report, secondsBetween, type Moment } from './figures.js';
import { number, text } from './settings.js';

type Lifecycle = DomainEventMap['lifecycle'];

export async function flood(): Promise<void> {
  const connectionCount = number('connections', 1);
  const subscriberCount = number('subscribers', 1);
  let first: Moment | undefined;
  let deliveries = 0;
  let markers = 0;
  let failed = 0;
  const { promise, resolve } = deferred<Moment>();

  const subscriber = (event: Lifecycle | HostItem<Lifecycle>): void => {
    if (!('event' in event)) throw new Error('the connection was lost');
    if (deliveries++ === 0) first = now();
    if (event.event !== 'stopped' || event.detail !== 'failed') return;
    failed++;
    if (++markers === connectionCount * subscriberCount) resolve(now());
  };

  const connections: (Connection | Host)[] = [];
  const uri = text('uri', '');
  for (let i = 0; i < connectionCount; i++)
    connections.push(text('via', '') === 'host' ? await watched(uri) : await Connection.open(uri));
  for (const connection of connections) {
    const events: Observable<Lifecycle | HostItem<Lifecycle>> = connection.domainEvents('lifecycle');
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

async function watched(uri: string): Promise<Host> {
  const host = rxvirt.watch(uri, { readOnly: true });
  await host.connection({ timeout: 60_000 });
  return host;
}
