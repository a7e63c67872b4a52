import { interval, map, NEVER, throwError, type Observable, type SchedulerLike } from 'rxjs';
import { checkInteger, checkKeys, checkMethods, checkScheduler } from '../arguments.js';
import { loopTurns } from './loop-turns.js';
import { sharedInterval } from './shared-interval.js';

/** Where the ticks of {@link fromTimeout} come from. */
export interface TimeoutSources {
  /** Measures frequencies above 0. The real clock, without drift, unless given. */
  readonly scheduler?: SchedulerLike;
  /** Emits once for each turn of the loop, for frequency 0. The real loop's turns unless given. */
  readonly turns?: Observable<unknown>;
}

/** The longest period that timers can keep, which is also libvirt's: 2^31 - 1 ms, almost 25 days. */
const maxFrequencyMs = 0x7fffffff;

/**
 * Emits a running count each time `frequency` has passed, until unsubscribed; never completes.
 * Cold: every subscriber gets its own period, which starts on subscribe.
 * @param frequency Milliseconds, an integer from -1 to 2^31 - 1: -1 never emits. 0 emits on every turn of the
 *   loop, and lets I/O run in between.
 * @throws {TypeError | RangeError} on the error path, when `frequency` is invalid.
 * @throws {TypeError} at once, for unknown or wrong sources.
 */
export function fromTimeout(frequency: number, sources: TimeoutSources = {}): Observable<number> {
  checkKeys('fromTimeout', sources, ['scheduler', 'turns'] satisfies (keyof TimeoutSources)[]);
  checkTimeoutSources(sources);
  return ticks(frequency, sources);
}

/** Throws `TypeError` for invalid sources. */
export function checkTimeoutSources({ scheduler, turns }: TimeoutSources): void {
  if (scheduler !== undefined) checkScheduler('scheduler', scheduler);
  if (turns !== undefined) checkMethods('turns', turns, 'an Observable', ['subscribe', 'pipe']);
}

/** As {@link fromTimeout}, for sources that are already checked. */
export function ticks(
  frequency: number,
  { scheduler, turns = loopTurns }: TimeoutSources,
): Observable<number> {
  try {
    checkInteger('frequency', frequency, -1, maxFrequencyMs);
  } catch (error) {
    return throwError(() => error);
  }
  if (frequency === -1) return NEVER;
  if (frequency === 0) return turns.pipe(map((_, count) => count));
  return scheduler === undefined ? sharedInterval(frequency) : interval(frequency, scheduler);
}
