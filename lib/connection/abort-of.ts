import { NEVER, Observable } from 'rxjs';

/** Errors with the signal's reason when it aborts. Never emits; without a signal, nothing ever happens. */
export function abortOf(signal: AbortSignal | undefined): Observable<never> {
  if (signal === undefined) return NEVER;
  return new Observable<never>((subscriber) => {
    const onAbort = () => subscriber.error(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    return () => signal.removeEventListener('abort', onAbort);
  });
}
