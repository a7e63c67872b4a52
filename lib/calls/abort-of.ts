import { NEVER, Observable, share } from 'rxjs';

const aborts = new WeakMap<AbortSignal, Observable<never>>();

/**
 * Errors with the signal's reason when it aborts, or at once when it has aborted. However many subscribe, the signal
 * has one listener: a service has one signal for its end, and Node warns of a leak at the eleventh listener.
 * AbortSignal.any() is not used instead, because the signal would keep each signal that was made from it.
 */
export function abortOf(signal: AbortSignal | undefined): Observable<never> {
  if (signal === undefined) return NEVER;
  let abort = aborts.get(signal);
  if (abort === undefined) {
    abort = new Observable<never>((subscriber) => {
      const onAbort = () => {
        subscriber.error(signal.reason);
      };
      if (signal.aborted) onAbort();
      signal.addEventListener('abort', onAbort, { once: true });
      return () => {
        signal.removeEventListener('abort', onAbort);
      };
    }).pipe(share());
    aborts.set(signal, abort);
  }
  return abort;
}
