import { config } from 'rxjs';

/**
 * Reports what a user's callback threw, as RxJS reports what a subscriber throws: to
 * `config.onUnhandledError` if that is set, otherwise as an uncaught exception. It does so later, on a stack
 * of its own.
 */
export function reportUnhandled(error: unknown): void {
  setTimeout(() => {
    if (config.onUnhandledError === null) throw error;
    config.onUnhandledError(error);
  });
}

/**
 * Returns a function that calls `work`, and reports its exceptions by {@link reportUnhandled} instead of
 * throwing them.
 */
export function guarded<Arguments extends unknown[]>(work: (...values: Arguments) => void) {
  return (...values: Arguments): void => {
    try {
      work(...values);
    } catch (error) {
      reportUnhandled(error);
    }
  };
}
