import { setTimeout as delay } from 'node:timers/promises';

/** What the loop does by itself while JavaScript waits: a busy loop shows as thousands of turns. */
export interface Load {
  readonly loopTurns: number;
  /** Processor time as a share of the time waited. */
  readonly cpuShare: number;
}

/**
 * The load of one period, after a garbage collection: V8 marks a heap that has grown by tasks of its own, each of
 * them a turn of the loop, thousands in a row. A collection ends that.
 */
export async function loadDuring(waitMs: number): Promise<Load> {
  if (gc === undefined) throw new Error('run with --expose-gc');
  gc();
  const turnsBefore = performance.nodeTiming.uvMetricsInfo.loopCount;
  const cpuBefore = process.cpuUsage();
  const start = performance.now();
  await delay(waitMs);
  const { user, system } = process.cpuUsage(cpuBefore);
  return {
    loopTurns: performance.nodeTiming.uvMetricsInfo.loopCount - turnsBefore,
    cpuShare: (user + system) / 1000 / (performance.now() - start),
  };
}
