import { setTimeout as delay } from 'node:timers/promises';

/** What the loop does by itself while JavaScript waits: a busy loop shows as thousands of turns. */
export interface Load {
  readonly loopTurns: number;
  /** Processor time as a share of the time waited. */
  readonly cpuShare: number;
}

export async function loadDuring(waitMs: number): Promise<Load> {
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

/**
 * The load of the quietest of some periods: what earlier specs have left to be closed passes, a loop that turns
 * for a watch goes on.
 */
export async function quietestLoad(periodMs: number, fewTurns = 50): Promise<Load> {
  let quietest = await loadDuring(periodMs);
  for (let period = 1; period < 20 && quietest.loopTurns >= fewTurns; period++) {
    const load = await loadDuring(periodMs);
    if (load.loopTurns < quietest.loopTurns) quietest = load;
  }
  return quietest;
}
