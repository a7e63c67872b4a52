import {
  catchError,
  defer,
  ignoreElements,
  of,
  repeat,
  switchMap,
  takeWhile,
  timer,
  type Observable,
  type ObservableInput,
} from 'rxjs';

/**
 * How long the event loop has to read on, before the first question and after each answer. So a flood of events costs
 * few questions.
 */
const pauseMs = 250;

/**
 * Asks the other side of a connection that is behind, again and again, until all was received that it had to send.
 * `ConnectionClosedError.receivedUntil` relies on it. Cold. Never errors.
 * @param ask Emits whether the connection is still behind; see `Addon.catchUp`.
 */
export function catchUp(ask: () => ObservableInput<boolean>): Observable<never> {
  return timer(pauseMs).pipe(
    // A question that fails says nothing: the connection may be about to end, or there is no memory.
    switchMap(() => defer(ask).pipe(catchError(() => of(true)))),
    repeat(),
    takeWhile((isBehind) => isBehind),
    ignoreElements(),
  );
}
