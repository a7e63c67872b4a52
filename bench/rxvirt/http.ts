// W10: an HTTP server in this process. Beside it, floods of events cause work, and one quiet connection uses keepalive.
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { Connection } from 'rxvirt';
import { deferred } from './deferred.js';
import { now, report, secondsBetween } from './figures.js';
import { startHelper } from './helpers.js';
import { number, text } from './settings.js';

/**
 * Added to the run: http_client's first second, the time for which it waits for answers, and one second more. Later
 * events cause no work, so that the run can end.
 */
const MORE_SECS = 5;

const CALL_LIMIT_MS = 5000;

export async function http(): Promise<void> {
  const secs = number('secs', 10);
  const heard = new Array<number>(number('floods', 1)).fill(0);
  const begun = deferred<undefined>();
  const workMs = number('work_us', 200) / 1000;
  let workUntilMs = Infinity;
  let lost = 0;

  const quiet = await Connection.open(text('quiet', ''), { keepAlive: { interval: 1, count: 3 } });
  const floods: Connection[] = [];
  while (floods.length < heard.length) floods.push(await Connection.open(text('uri', '')));
  for (const [i, connection] of floods.entries()) {
    connection.closed.subscribe(() => lost++);
    connection.domainEvents('lifecycle').subscribe({
      next: () => {
        heard[i] = (heard[i] ?? 0) + 1;
        begun.resolve(undefined);
        if (performance.now() < workUntilMs) beBusy(workMs);
      },
      error: () => undefined, // `closed` reports the error too
    });
  }
  await begun.promise;
  workUntilMs = performance.now() + (secs + MORE_SECS) * 1000;

  const from = now();
  await askAndMeasure(await listen(), secs);
  const to = now();
  const total = heard.reduce((sum, count) => sum + count, 0);
  report('http', {
    events_per_s: Math.round(total / secondsBetween(from, to)),
    slowest_percent: (100 * Math.min(...heard) * heard.length) / total,
    cpu_percent: (to.cpuUs - from.cpuUs) / secondsBetween(from, to) / 1e4,
    quiet_lost: !(await answersCall(quiet)),
    lost,
  });
  process.exit(); // because the floods go on
}

function beBusy(ms: number): void {
  const start = performance.now();
  while (performance.now() - start < ms);
}

async function listen(): Promise<Server> {
  const server = createServer((_request, response) => response.end('ok'));
  server.listen({ host: '127.0.0.1', port: 0, backlog: 1024 });
  await once(server, 'listening');
  return server;
}

/** Runs http_client, which prints its figures itself. */
async function askAndMeasure(server: Server, secs: number): Promise<void> {
  const { port } = server.address() as AddressInfo;
  await once(
    startHelper('http_client', [String(port), String(secs)], ['ignore', 'inherit', 'inherit']),
    'exit',
  );
}

/** Makes a call, because otherwise it may go unnoticed that the daemon has dropped the connection. */
async function answersCall(connection: Connection): Promise<boolean> {
  const call = connection.lookupDomainByName('test').then(
    () => true,
    () => false,
  );
  return Promise.race([call, delay(CALL_LIMIT_MS, false)]);
}
