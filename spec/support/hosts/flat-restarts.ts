import { setTimeout as delay } from 'node:timers/promises';
import type { ProcessSize } from '../programs/process-size.js';
import { ScriptedLibvirtd } from '../scripted-libvirtd/index.js';
import { RigDirectory } from '../libvirtd/rig-directory.js';
import { Watcher, type WatcherAnswer } from './watcher.js';

export interface Weight extends ProcessSize {
  readonly heapKiB: number;
}

/** What many restarts have left behind. */
export interface FlatRestarts {
  readonly before: Weight;
  readonly after: Weight;
  readonly losses: number;
  readonly gaps: number;
  /** The longest time from a restart until the host was right again. */
  readonly longestMs: number;
}

const roundsToWarmUp = 30;
const longestMs = 20_000;
/** Longer than the life of an idle thread, which is 10 seconds (addon/calls/call_threads.cc). */
const idleMs = 15_000;
const reconnect = { initialDelay: 1, maxDelay: 20 };

/** Restarts a scripted daemon, with another state each time, as fast as the host that watches it gets it right. */
export async function flatRestarts(count: number, say: (text: string) => void): Promise<FlatRestarts> {
  const directory = new RigDirectory();
  const socketPath = directory.join('libvirt-sock');
  let daemon = await ScriptedLibvirtd.start({ socketPath });
  await using watcher = new Watcher(daemon.uri, { reconnect });
  let longest = 0;
  let before: Weight | undefined;
  const weigh = async (): Promise<Weight> => {
    await watcher.ask({ ask: 'weigh' });
    await delay(200);
    const { heapKiB } = await watcher.ask({ ask: 'weigh' });
    return { ...watcher.size, heapKiB };
  };
  try {
    await right(watcher, 0, 'running');
    for (let round = 1; round <= count + roundsToWarmUp; round++) {
      await daemon.close();
      daemon = await ScriptedLibvirtd.start({ socketPath });
      // Every second daemon says something else.
      if (round % 2 === 0) daemon.domains.act('suspend', daemon.domains.get({ name: 'alpha' }).uuid);
      const began = performance.now();
      await right(watcher, round, round % 2 === 0 ? 'paused' : 'running');
      if (round > roundsToWarmUp) longest = Math.max(longest, performance.now() - began);
      if (round === roundsToWarmUp) before = await weigh();
      if (round % 100 === 0) say(`${round} restarts: ${JSON.stringify(await weigh())}`);
    }
    if (before === undefined) throw new Error('nothing was measured before');
    await idle(watcher, before.threads);
    const after = await weigh();
    const { losses, gaps } = await watcher.ask();
    await watcher.close();
    return { before, after, gaps, longestMs: longest, losses: sum(losses) };
  } finally {
    await daemon.close();
    directory.remove();
  }
}

/**
 * Resolves when the process has no more than so many threads, or when its idle threads have had the time to end. How
 * many threads it needs at once is a matter of chance.
 */
async function idle(watcher: Watcher, threads: number): Promise<void> {
  const end = performance.now() + idleMs;
  while (watcher.size.threads > threads && performance.now() < end) await delay(50);
}

/** Resolves when the watcher has all events registered again, and says the right state. */
async function right(watcher: Watcher, gaps: number, state: string): Promise<void> {
  let answer: WatcherAnswer | undefined;
  for (const end = performance.now() + longestMs; performance.now() < end;) {
    answer = await watcher.ask();
    const isRight = answer.contents.some((line) => line.includes(' alpha ') && line.endsWith(state));
    if (isRight && answer.gaps >= gaps && answer.state === 'connected') return;
    await delay(2);
  }
  throw new Error(`not right again: ${JSON.stringify(answer)}`);
}

function sum(losses: Readonly<Record<string, number>>): number {
  return Object.values(losses).reduce((all, some) => all + some, 0);
}
