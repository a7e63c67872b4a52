import { checkInteger, checkKeys, checkSignal } from '../arguments.js';

/**
 * What every call takes beside its own options. libvirt can't stop a function that it has begun. So a call that was
 * given up may still take effect, and its connection's next call waits until libvirt has answered it:
 * `callsGivenUp` in `connection.stats()`. A call that had not begun yet is never begun.
 */
export interface CallOptions {
  /**
   * Milliseconds after which the promise rejects with {@link TimeoutError}, an integer from 0 to 2^31 - 1. Unless given,
   * the call takes as long as the host takes.
   */
  readonly timeout?: number;
  /** Its reason rejects the promise when it aborts. */
  readonly signal?: AbortSignal;
}

const callOptions: readonly string[] = ['timeout', 'signal'] satisfies (keyof CallOptions)[];

/**
 * Throws `TypeError` or `RangeError` for options that the call doesn't take.
 * @param own The names of its own options.
 */
export function checkCallOptions(call: string, options: CallOptions, own: readonly string[]): void {
  checkKeys(call, options, [...own, ...callOptions]);
  if (options.timeout !== undefined) checkInteger('timeout', options.timeout, 0, 0x7fffffff);
  if (options.signal !== undefined) checkSignal('signal', options.signal);
}
