// W11: a fleet of many hosts, each with a scripted libvirtd. All of them are killed at once, and come back at once.
import { readdirSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { watchAll, type Fleet } from 'rxvirt';
import { now, percentile, report, secondsBetween, statusKib } from './figures.js';
import { Hosts } from './hosts.js';
import { number, text } from './settings.js';

/** How many of the numbers lie in the fullest window of this width. */
function mostWithin(times: readonly number[], widthMs: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  let most = 0;
  for (let from = 0, to = 0; to < sorted.length; to++) {
    while ((sorted[to] ?? 0) - (sorted[from] ?? 0) >= widthMs) from++;
    most = Math.max(most, to - from + 1);
  }
  return most;
}

/** What the fleet has done since the last `reset()`. */
class Steps {
  readonly attempts: number[] = [];
  readonly connected: number[] = [];
  mostAtOnce = 0;
  readonly #connecting = new Set<string>();

  constructor(fleet: Fleet) {
    fleet.status.subscribe(({ host, state }) => {
      if (state === 'connecting') {
        this.attempts.push(performance.now());
        this.#connecting.add(host);
        this.mostAtOnce = Math.max(this.mostAtOnce, this.#connecting.size);
      } else this.#connecting.delete(host);
      if (state === 'connected') this.connected.push(performance.now());
    });
  }

  reset(): void {
    this.attempts.length = 0;
    this.connected.length = 0;
    this.mostAtOnce = 0;
  }
}

const fds = (): number => readdirSync('/proc/self/fd').length;
const threads = (): number => statusKib('Threads');

async function until(isSo: () => boolean, what: string, limitMs = 120_000): Promise<void> {
  const end = performance.now() + limitMs;
  while (!isSo()) {
    if (performance.now() > end) throw new Error(`still waiting for ${what}`);
    await delay(5);
  }
}

export async function fleet(): Promise<void> {
  const count = number('m', 1000);
  const downMs = number('down_ms', 0);
  const idleSecs = number('secs', 10);
  const keepAlive = text('keepalive', 'on') === 'off' ? false : { interval: 5, count: 5 };
  await using hosts = await Hosts.start(count);

  const threadsBefore = threads();
  // The first connection also loads and initialises libraries, and starts the first threads.
  const warmUp = watchAll(hosts.uris.slice(0, 1), { keepAlive });
  await warmUp.hosts.get(hosts.uris[0] ?? '')?.connection();
  await warmUp.close();
  globalThis.gc?.();
  const before = { kib: statusKib('VmRSS'), heap: process.memoryUsage().heapUsed, fds: fds() };

  const start = now();
  const watched = watchAll(hosts.uris, { keepAlive });
  const steps = new Steps(watched);
  const changed = { added: 0, changed: 0, removed: 0 };
  let events = 0;
  let gaps = 0;
  let known = 0;
  watched.domainChanges.subscribe(({ type }) => {
    changed[type]++;
  });
  watched.domains.subscribe(({ size }) => (known = size));
  watched.domainEvents('lifecycle').subscribe((item) => {
    if ('from' in item) gaps++;
    else events++;
  });
  await until(() => known === count, 'the first lists');
  const opened = now();
  const firstAtOnce = steps.mostAtOnce;
  const mostThreads = threads();
  await delay(12_000); // threads without work end after 10 s
  globalThis.gc?.();
  await delay(500);
  const kibPerHost = (statusKib('VmRSS') - before.kib) / count;
  const heapPerHost = (process.memoryUsage().heapUsed - before.heap) / 1024 / count;
  const fdsPerHost = (fds() - before.fds) / count;
  const idleThreads = threads();

  const idleFrom = now();
  await delay(idleSecs * 1000);
  const idleTo = now();

  // Everything is lost at the same moment.
  steps.reset();
  const restart = now();
  const downAt = performance.now();
  await hosts.kill();
  await delay(downMs);
  await hosts.restart();
  const isUp = now();
  await until(() => steps.connected.length === count, 'the connections after the restart');
  const back = now();
  const restartThreads = threads();
  await until(() => gaps === count, 'the gaps');
  await hosts.act('suspend', 'alpha');
  await until(() => events === count && changed.changed === count, 'an event of each host');
  const lateMs = steps.connected.map((ms) => ms - downAt).sort((a, b) => a - b);

  const closing = now();
  await watched.close();
  const closed = now();
  await delay(12_000);
  report('fleet', {
    open_ms: secondsBetween(start, opened) * 1e3,
    opens_at_once_first: firstAtOnce,
    threads_first: mostThreads,
    kib_per_host: kibPerHost,
    heap_kib_per_host: heapPerHost,
    fds_per_host: fdsPerHost,
    threads_idle: idleThreads,
    idle_cpu_percent: (idleTo.cpuUs - idleFrom.cpuUs) / secondsBetween(idleFrom, idleTo) / 1e4,
    idle_cpu_us_per_host_s: (idleTo.cpuUs - idleFrom.cpuUs) / secondsBetween(idleFrom, idleTo) / count,
    daemons_up_ms: secondsBetween(restart, isUp) * 1e3,
    back_ms: secondsBetween(restart, back) * 1e3,
    back_p10_ms: percentile(lateMs, 0.1),
    back_p50_ms: percentile(lateMs, 0.5),
    back_p90_ms: percentile(lateMs, 0.9),
    attempts: steps.attempts.length,
    most_attempts_in_100_ms: mostWithin(steps.attempts, 100),
    most_connected_in_100_ms: mostWithin(steps.connected, 100),
    most_opened_in_100_ms: mostWithin(await hosts.openTimes(), 100),
    opens_at_once: steps.mostAtOnce,
    threads_restart: restartThreads,
    cpu_restart_ms: (back.cpuUs - restart.cpuUs) / 1e3,
    reconnected: steps.connected.length,
    gaps,
    events,
    close_ms: secondsBetween(closing, closed) * 1e3,
    fds_left: fds() - before.fds,
    threads_left: threads() - threadsBefore,
  });
}
