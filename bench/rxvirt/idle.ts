// W6: many connections that do nothing, each with a lifecycle subscription.
import { Connection } from 'rxvirt';
import { deferred } from './deferred.js';
import { msSince, now, report, secondsBetween, statusKib } from './figures.js';
import { number, text } from './settings.js';

export async function idle(): Promise<void> {
  const uri = text('uri', 'test:///default');
  const count = number('m', 1000);
  const figures: Record<string, number> = {};
  let got = 0;
  const all = deferred<undefined>();
  // The first connection also loads and initialises libraries. Only the cost of the others is measured.
  await (await Connection.open(uri)).close();
  const beforeKib = statusKib('VmRSS');
  let start = process.hrtime.bigint();
  const connections: Connection[] = [];
  for (let i = 0; i < count; i++) {
    const connection = await Connection.open(uri);
    connections.push(connection);
    await new Promise<void>((onRegistered) => {
      connection.domainEvents('lifecycle', { onRegistered }).subscribe(() => {
        if (++got === count) all.resolve(undefined);
      });
    });
  }
  figures['open_ms'] = msSince(start);
  figures['kib_per_connection'] = (statusKib('VmRSS') - beforeKib) / count;

  const from = now();
  await new Promise((resolve) => setTimeout(resolve, number('secs', 2) * 1000));
  const to = now();
  figures['idle_cpu_percent'] = (to.cpuUs - from.cpuUs) / secondsBetween(from, to) / 1e4;

  const [first] = connections;
  if (uri === 'test:///default' && first) {
    const domain = await first.lookupDomainByName('test');
    start = process.hrtime.bigint();
    await domain.suspend();
    await all.promise;
    figures['fanout_ms'] = msSince(start);
  }
  start = process.hrtime.bigint();
  for (const connection of connections) await connection.close();
  figures['close_ms'] = msSince(start);
  report('idle', figures);
}
