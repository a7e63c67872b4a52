import { ErrorInJson } from '../errors.js';

/** A URI would run a command, or switch off a check, and the program has not allowed it. Nothing was opened. */
export class UnsafeUriError extends ErrorInJson {
  override readonly name = 'UnsafeUriError';
  readonly code = 'ERR_UNSAFE_URI';
  /** What the option `allow` must have for it, for example `'command'`. */
  readonly permission: string;

  constructor(permission: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.permission = permission;
  }
}
