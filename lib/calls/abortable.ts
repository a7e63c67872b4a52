// Imports these functions because tests may replace the global ones with a fake clock. A silent host would
// then block an open for ever.
import { clearTimeout, setTimeout } from 'node:timers';
import type { Subscription } from 'rxjs';
import { TimeoutError } from '../errors.js';
import { abortOf } from './abort-of.js';
import type { CallOptions } from './call-options.js';

/** What a task does, for the error when the time is over. */
interface Attempt {
  /** The libvirt function. */
  readonly call: string;
  /** Makes the beginning of the message: `domain 'x' can't be saved`. */
  readonly attempt: () => string;
  /** Called if the waiting has ended. The result of the task is then ignored. */
  readonly abandon: () => void;
}

/** Settles as `task` does, but rejects if the signal aborts first, or the time is over first. */
export async function abortable<T>(
  task: Promise<T>,
  { signal, timeout }: CallOptions,
  { call, attempt, abandon }: Attempt,
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
    if (timeout !== undefined)
      timer = setTimeout(() => {
        giveUp(new TimeoutError(call, timeout, `${attempt()}: there was no answer within ${timeout} ms`));
      }, timeout);
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
