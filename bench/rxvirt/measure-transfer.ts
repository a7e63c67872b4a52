// W12: any program that transfers a volume.
import { now, report, secondsBetween } from './figures.js';
import { number, text } from './settings.js';

export async function measureTransfer(
  transfer: (way: 'down' | 'up', file: string) => Promise<void>,
): Promise<void> {
  const way = text('way', 'down') === 'up' ? 'up' : 'down';
  const from = now();
  await transfer(way, way === 'down' ? '/dev/null' : text('file', ''));
  const to = now();
  const mib = number('mib', 1024);
  report('volume', {
    mib_per_s: mib / secondsBetween(from, to),
    cpu_ms_per_mib: (to.cpuUs - from.cpuUs) / 1e3 / mib,
  });
}
