// W5: the time from just before a call until its event, one call at a time, through libvirtd.
import { once } from 'node:events';
import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Connection } from 'rxvirt';
import { percentile, report } from './figures.js';
import { native, startHelper } from './helpers.js';
import { number, text } from './settings.js';

type NextCall = () => void;

export async function latency(): Promise<void> {
  const via = text('via', 'helper');
  const uri = text('uri', 'test+unix:///default');
  const warmUp = number('warm', 6000);
  const want = number('n', 2000) + warmUp;
  const eventNs: bigint[] = [];
  const callNs: bigint[] = [];
  const connection = await Connection.open(uri);
  const trigger = via === 'helper' ? await startTrigger(uri, want) : undefined;
  const nextCall =
    trigger?.nextCall ??
    (await makeCalls(via === 'thread' ? await Connection.open(uri) : connection, callNs));

  await new Promise<void>((resolve) => {
    connection.domainEvents('lifecycle', { onRegistered: nextCall }).subscribe(() => {
      const seen = eventNs.push(process.hrtime.bigint());
      if (seen === want) resolve();
      else if (seen < want) nextCall();
    });
  });
  if (trigger) callNs.push(...(await trigger.calls()));
  const took = eventNs
    .slice(warmUp, want)
    .map((ns, i) => Number(ns - (callNs[i + warmUp] ?? ns)) / 1e3)
    .sort((a, b) => a - b);
  report('latency', {
    stalled: false,
    n: took.length,
    p50_us: percentile(took, 0.5),
    p90_us: percentile(took, 0.9),
    p99_us: percentile(took, 0.99),
    max_us: percentile(took, 1),
  });
  process.exit();
}

/** Suspends and resumes the domain with promises, and notes the time before each call. */
async function makeCalls(connection: Connection, callNs: bigint[]): Promise<NextCall> {
  const domain = await connection.lookupDomainByName('test');
  let isPaused = (await domain.state()).state === 'paused';
  return () => {
    callNs.push(process.hrtime.bigint());
    void (isPaused ? domain.resume() : domain.suspend());
    isPaused = !isPaused;
  };
}

async function startTrigger(
  uri: string,
  count: number,
): Promise<{ nextCall: NextCall; calls: () => Promise<bigint[]> }> {
  const [goRead, goWrite] = native.pipe();
  const child = startHelper('trigger', [uri, String(count)], [goRead, 'pipe', 'inherit']);
  if (!child.stdout) throw new Error('trigger has no output');
  const lines: string[] = [];
  const reader = createInterface(child.stdout).on('line', (line) => lines.push(line));
  // From the begin: the helper may have ended before its last event is heard here.
  const closed = once(reader, 'close');
  await once(reader, 'line');
  const go = Buffer.from('n');
  return {
    nextCall: () => void writeSync(goWrite, go, 0, 1),
    calls: async () => {
      await closed;
      return lines.slice(1).map(BigInt);
    },
  };
}
