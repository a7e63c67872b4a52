// W7: any promise call, one at a time or many in flight.
import { now, percentile, report, secondsBetween } from './figures.js';
import { number } from './settings.js';

export async function measureCalls(call: () => Promise<unknown>): Promise<void> {
  const inflight = number('inflight', 1);
  const each = Math.floor(number('n', 20_000) / inflight);
  const tookUs = new Float64Array(each * inflight);
  let done = 0;
  const callInTurn = async (): Promise<void> => {
    for (let i = 0; i < each; i++) {
      const start = performance.now();
      await call();
      tookUs[done++] = (performance.now() - start) * 1e3;
    }
  };

  const from = now();
  await Promise.all(Array.from({ length: inflight }, callInTurn));
  const to = now();
  const seconds = secondsBetween(from, to);
  tookUs.sort();
  report('calls', {
    n: done,
    calls_per_s: Math.round(done / seconds),
    us_per_call: (seconds * 1e6) / done,
    p50_us: percentile(tookUs, 0.5),
    p99_us: percentile(tookUs, 0.99),
    cpu_us_per_call: (to.cpuUs - from.cpuUs) / done,
  });
}
