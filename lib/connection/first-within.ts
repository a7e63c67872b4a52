import {
  firstValueFrom,
  merge,
  type Observable,
  throwError,
  timeout as timeoutAfter,
  type SchedulerLike,
} from 'rxjs';
import { abortOf } from '../calls/abort-of.js';

/** How long to wait. */
export interface WaitLimits {
  /** In milliseconds; no limit unless given. */
  readonly timeout?: number | undefined;
  /** Makes the error when the time is over. It gets the timeout. */
  readonly timeoutError: (timeout: number) => Error;
  /** Its reason becomes the error. */
  readonly signal?: AbortSignal | undefined;
  /** The scheduler whose clock measures the timeout. */
  readonly scheduler?: SchedulerLike | undefined;
}

/** Resolves with the first value of `source`. Rejects if the signal aborts first, or the time is over first. */
export function firstWithin<T>(source: Observable<T>, limits: WaitLimits): Promise<T> {
  const { timeout, timeoutError, signal, scheduler } = limits;
  const awaited = merge(source, abortOf(signal));
  if (timeout === undefined) return firstValueFrom(awaited);
  return firstValueFrom(
    awaited.pipe(
      timeoutAfter({
        first: timeout,
        with: () => throwError(() => timeoutError(timeout)),
        ...(scheduler && { scheduler }),
      }),
    ),
  );
}
