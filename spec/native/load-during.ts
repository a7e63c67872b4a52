import { setTimeout as delay } from 'node:timers/promises';

/** The work of the loop while JavaScript waits. A busy loop makes thousands of turns. */
export interface Load {
  readonly loopTurns: number;
  /** Processor time, divided by the time that was waited. */
  readonly cpuShare: number;
}

/**
 * Measures the load while waiting. First it collects garbage: V8 marks a heap that has grown in thousands of tasks, and
 * each of these tasks is a turn of the loop. A collection ends them.
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
