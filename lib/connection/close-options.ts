import { checkInteger, checkKeys } from '../arguments.js';

/** How long a close may take. */
export interface CloseOptions {
  /** Milliseconds after which a close no longer waits for the other side; 5,000 unless given. */
  readonly timeout?: number;
}

/**
 * The timeout in milliseconds.
 * @param method The method that takes the options, for messages.
 * @throws {TypeError | RangeError} for invalid options.
 */
export function closeTimeoutMs(options: CloseOptions, method = 'close'): number {
  checkKeys(method, options, ['timeout']);
  const { timeout = 5000 } = options;
  checkInteger('timeout', timeout, 0, 0x7fffffff);
  return timeout;
}
