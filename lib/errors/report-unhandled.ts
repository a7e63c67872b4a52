import { config } from 'rxjs';

/**
 * Reports what a user's callback threw where RxJS reports what a subscriber throws: to
 * `config.onUnhandledError`, or else as an uncaught exception, from a clean stack.
 */
export function reportUnhandled(error: unknown): void {
  setTimeout(() => {
    if (config.onUnhandledError === null) throw error;
    config.onUnhandledError(error);
  });
}

/** `work`, whose exceptions are reported so and stop nobody. */
export function guarded<Arguments extends unknown[]>(work: (...values: Arguments) => void) {
  return (...values: Arguments): void => {
    try {
      work(...values);
    } catch (error) {
      reportUnhandled(error);
    }
  };
}
