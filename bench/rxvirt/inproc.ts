// W2: suspend and resume on test:///default in this process, from a thread or 100 calls per turn of the loop.
import { Connection } from 'rxvirt';
import { now, report, secondsBetween, type Moment } from './figures.js';
import { native } from './helpers.js';
import { number, text } from './settings.js';

const BATCH = 100;

export async function inproc(): Promise<void> {
  const want = number('n', 100_000);
  const connection = await Connection.open('test:///default');
  let first = now();
  let got = 0;
  const last = await new Promise<Moment>((resolve) => {
    const onRegistered = (): void => {
      native.generate(0); // connects first, because the other peers are connected already at this point
      first = now();
      if (text('gen', 'thread') === 'thread') native.startGenerator(want);
      else generateBatches(want);
    };
    connection.domainEvents('lifecycle', { onRegistered }).subscribe(() => {
      if (++got === want) resolve(now());
    });
  });
  const seconds = secondsBetween(first, last);
  report('inproc', {
    n: got,
    seconds,
    events_per_s: Math.round(got / seconds),
    generator_seconds: native.generatedNs() / 1e9 - Number(first.ns) / 1e9,
    cpu_us_per_event: (last.cpuUs - first.cpuUs) / got,
  });
  await connection.close();
}

function generateBatches(left: number): void {
  native.generate(Math.min(BATCH, left));
  if (left > BATCH) setImmediate(generateBatches, left - BATCH);
}
