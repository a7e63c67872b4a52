import { checkKeys, checkMilliseconds, checkSettings } from '../arguments.js';

/** How long a host waits before it tries again. */
export interface ReconnectOptions {
  /**
   * The longest delay before the first new attempt, in milliseconds; 1,000 unless given. It doubles each time. With 0
   * no attempt waits, however many have failed: a daemon that is not there then costs about half of a processor.
   */
  readonly initialDelay?: number;
  /** No delay is longer, in milliseconds; 30,000 unless given. With 0 no attempt waits either. */
  readonly maxDelay?: number;
}

/** Throws `TypeError` or `RangeError` for options that are wrong. */
export function checkReconnectOptions(options: ReconnectOptions): void {
  checkSettings('reconnect', options);
  checkKeys('reconnect', options, ['initialDelay', 'maxDelay']);
  const { initialDelay, maxDelay } = options;
  if (initialDelay !== undefined) checkMilliseconds('reconnect.initialDelay', initialDelay);
  if (maxDelay !== undefined) checkMilliseconds('reconnect.maxDelay', maxDelay);
}

/**
 * Chooses the delays between attempts: exponential, with full jitter. Many hosts that were lost at the same
 * time then don't come back at the same time.
 */
export class Delays {
  readonly #initialMs: number;
  readonly #maxMs: number;
  readonly #random: () => number;

  /** @param random Returns numbers from 0 to below 1. */
  constructor({ initialDelay = 1000, maxDelay = 30_000 }: ReconnectOptions = {}, random = Math.random) {
    this.#initialMs = initialDelay;
    this.#maxMs = maxDelay;
    this.#random = random;
  }

  /** The longest delay after this many failures in a row, in milliseconds; 0 before the first. */
  longestMs(failures: number): number {
    return failures === 0 ? 0 : Math.min(this.#maxMs, this.#initialMs * 2 ** (failures - 1));
  }

  /** The delay to wait after this many failures in a row, in whole milliseconds. */
  chooseMs(failures: number): number {
    return Math.ceil(this.#random() * this.longestMs(failures));
  }
}
