import { createContext, runInContext } from 'node:vm';

/** Runs `work`, which doesn't end by itself, until the timeout of `vm` stops it. */
export function stopByVm(timeoutMs: number, work: () => void): void {
  try {
    runInContext('work()', createContext({ work }), { timeout: timeoutMs });
  } catch {
    // vm throws this error when it has stopped the work.
  }
}
