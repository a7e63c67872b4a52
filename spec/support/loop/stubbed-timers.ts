import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers';

/**
 * Runs `body` with timers that never fire by themselves, and with a clock that advances by `stepMs` each time it is
 * read.
 * @returns The delays of all timers that were set. `fire` runs the callback of the last timer.
 */
export function delaysWith(stepMs: number, body: (fire: () => void) => void): number[] {
  const { setTimeout } = timers;
  const bigint = process.hrtime.bigint.bind(process.hrtime);
  const delays: number[] = [];
  let nowMs = 0.5;
  let last: () => void = () => undefined;
  process.hrtime.bigint = () => BigInt(Math.round((nowMs += stepMs) * 1e6));
  timers.setTimeout = Object.assign((callback: () => void, delayMs = 0) => {
    delays.push(delayMs);
    last = callback;
    return setTimeout(() => undefined).unref();
  }, setTimeout);
  syncBuiltinESMExports();
  try {
    body(() => last());
  } finally {
    timers.setTimeout = setTimeout;
    syncBuiltinESMExports();
    process.hrtime.bigint = bigint;
  }
  return delays;
}
