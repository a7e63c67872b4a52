import { setTimeout as delay } from 'node:timers/promises';

/** The work of the loop while JavaScript waits. A busy loop makes thousands of turns. */
export interface Load {
  readonly loopTurns: number;
  /** The share of the time in which the loop was busy. V8's own threads, which sweep the heap, don't count. */
  readonly busyShare: number;
}

/**
 * Measures the load while waiting. First it collects garbage: V8 marks a heap that has grown in thousands of tasks, and
 * each of these tasks is a turn of the loop. A collection ends them.
 */
export async function loadDuring(waitMs: number): Promise<Load> {
  if (gc === undefined) throw new Error('run with --expose-gc');
  gc();
  const turnsBefore = performance.nodeTiming.uvMetricsInfo.loopCount;
  const before = performance.eventLoopUtilization();
  await delay(waitMs);
  return {
    loopTurns: performance.nodeTiming.uvMetricsInfo.loopCount - turnsBefore,
    busyShare: performance.eventLoopUtilization(before).utilization,
  };
}
