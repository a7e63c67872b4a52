import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { event } from '../../../lib/index.js';

const rounds = 20;
const intervalMs = 10;
const clockStepMs = 2;

let ticks = 0;
const timer = event.addTimeout(0, () => ticks++);

let intervalTicks = 0;
let lastTick = performance.now();
const interval = setInterval(() => {
  intervalTicks++;
  lastTick = performance.now();
}, intervalMs);

// Timers come before immediates in each turn: one that was overdue at the end of a turn has fired by the next.
let lateIntervals = 0;
let overdueSince: number | undefined;
let turn = setImmediate(function watchInterval() {
  turn = setImmediate(watchInterval);
  if (overdueSince === lastTick) lateIntervals++;
  overdueSince = performance.now() - lastTick > intervalMs + clockStepMs ? lastTick : undefined;
});

const server = createServer((_, response) => response.end('pong')).listen(0, 'localhost');
await once(server, 'listening');
const { port } = server.address() as AddressInfo;

let requests = 0;
let reads = 0;
for (let round = 0; round < rounds; round++) {
  const [response] = (await once(get(`http://localhost:${port}`), 'response')) as [IncomingMessage];
  response.resume();
  await once(response, 'end');
  requests++;
  await readFile(new URL(import.meta.url));
  reads++;
}
while (intervalTicks < rounds) await delay(intervalMs);

clearInterval(interval);
clearImmediate(turn);
event.removeTimeout(timer);
server.close();
server.closeAllConnections();
process.stdout.write(JSON.stringify({ ticks, intervalTicks, lateIntervals, requests, reads }));
