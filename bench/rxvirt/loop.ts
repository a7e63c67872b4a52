// W3 (watch), W4 (timer0, timers): the event loop by itself.
import { event, RxEventImpl } from 'rxvirt';
import { now, percentile, report, secondsBetween } from './figures.js';
import { Pinger } from './helpers.js';
import { number, text } from './settings.js';

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

export async function watch(): Promise<void> {
  const pinger = new Pinger(text('mode', 'pp'), number('m', 1), number('limit', Infinity));
  const from = now();
  pinger.go();
  await Promise.race([delay(number('secs', 2) * 1000), pinger.limited]);
  const to = now();
  pinger.stop();
  const seconds = secondsBetween(from, to);
  report('watch', {
    seconds,
    dispatches: pinger.dispatches,
    dispatches_per_s: Math.round(pinger.dispatches / seconds),
    cpu_us_per_dispatch: (to.cpuUs - from.cpuUs) / Math.max(pinger.dispatches, 1),
  });
  process.exit(); // watches are left registered on purpose
}

export async function timer0(): Promise<void> {
  const secs = number('secs', 2);
  const pinger = number('mix', 0) ? new Pinger('pp', 1) : undefined;
  let zero = 0;
  let ten = 0;
  event.register(RxEventImpl.shared);
  if (pinger)
    event.addTimeout(10, () => {
      ten++;
    });
  const from = now();
  const end = from.ns + BigInt(secs * 1e9);
  pinger?.go();
  await new Promise<void>((resolve) => {
    event.addTimeout(0, () => {
      zero++;
      if (process.hrtime.bigint() >= end) resolve();
    });
    setTimeout(resolve, secs * 1000 + 500);
  });
  const to = now();
  pinger?.stop();
  const seconds = secondsBetween(from, to);
  report('timer0', {
    seconds,
    callbacks: zero,
    callbacks_per_s: Math.round(zero / seconds),
    ten_ms_fired: ten,
    pipe_dispatches_per_s: Math.round((pinger?.dispatches ?? 0) / seconds),
    cpu_percent: (to.cpuUs - from.cpuUs) / seconds / 1e4,
  });
  process.exit();
}

export async function timers(): Promise<void> {
  const count = number('m', 1000);
  const ms = number('ms', 10);
  const secs = number('secs', 3);
  const previous = new Float64Array(count);
  const late: number[] = [];
  event.register(RxEventImpl.shared);
  const from = now();
  for (let i = 0; i < count; i++) {
    previous[i] = performance.now();
    event.addTimeout(ms, () => {
      const at = performance.now();
      late.push(Math.max(0, at - (previous[i] ?? 0) - ms));
      previous[i] = at;
    });
  }
  await delay(secs * 1000);
  const to = now();
  late.sort((a, b) => a - b);
  report('timers', {
    fired_percent: (100 * late.length) / ((count * secs * 1000) / ms),
    late_p50_ms: percentile(late, 0.5),
    late_p99_ms: percentile(late, 0.99),
    late_max_ms: percentile(late, 1),
    cpu_percent: (to.cpuUs - from.cpuUs) / secondsBetween(from, to) / 1e4,
  });
  process.exit();
}
