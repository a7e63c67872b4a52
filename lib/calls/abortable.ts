// Imports these functions because tests may replace the global ones with a fake clock. A silent host would
// then block an open for ever.
import { clearTimeout, setTimeout } from 'node:timers';
import type { Subscription } from 'rxjs';
import { abortOf } from './abort-of.js';

/** What ends the waiting for a task. */
export interface Limits {
  /** Its reason becomes the error. */
  readonly signal: AbortSignal | undefined;
  readonly timeoutMs: number | undefined;
  /** Makes the error when the time is over. */
  readonly timeoutError: () => Error;
}

/**
 * Settles as `task` does, but rejects if the signal aborts first, or the time is over first.
 * @param abandon Called if the waiting has ended. The result of `task` is then ignored.
 */
export async function abortable<T>(
  task: Promise<T>,
  { signal, timeoutMs, timeoutError }: Limits,
  abandon: () => void,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  let aborting: Subscription | undefined;
  const end: { reason?: Error } = {};
  const ended = new Promise<never>((_, reject) => {
    const giveUp = (reason: Error) => {
      if (end.reason !== undefined) return;
      end.reason = reason;
      reject(reason);
      abandon();
    };
    aborting = abortOf(signal).subscribe({ error: giveUp });
    if (timeoutMs !== undefined)
      timer = setTimeout(() => {
        giveUp(timeoutError());
      }, timeoutMs);
  });
  try {
    const value = await Promise.race([ended, task]);
    // The waiting may have ended after the task was done. Then `abandon` was called too.
    if (end.reason !== undefined) throw end.reason;
    return value;
  } finally {
    clearTimeout(timer);
    aborting?.unsubscribe();
  }
}
