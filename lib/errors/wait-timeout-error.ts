import { ErrorInJson } from '../errors.js';

/** What was waited for did not come within the `timeout`. */
export class WaitTimeoutError extends ErrorInJson {
  override readonly name = 'WaitTimeoutError';
  readonly code = 'ERR_WAIT_TIMEOUT';
  /** How long it has waited, in milliseconds. */
  readonly timeout: number;

  constructor(timeout: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.timeout = timeout;
  }
}
