import {
  catchError,
  defer,
  ignoreElements,
  of,
  repeat,
  switchMap,
  takeUntil,
  takeWhile,
  timer,
  type Observable,
} from 'rxjs';
import type { ConnectionState } from '../connection-state.js';
import { native } from '../native.js';

/**
 * How long the event loop has to read on, before the first question and after each answer. So a flood of events costs
 * few questions.
 */
const pauseMs = 250;

/**
 * Asks the other side of a connection that is behind for an answer, until one shows that all was received; see
 * `Addon.catchUp`. `ConnectionClosedError.receivedUntil` relies on it. Cold. Completes then, or when the connection
 * ends.
 */
export function catchUp(state: ConnectionState): Observable<never> {
  return timer(pauseMs).pipe(
    // A question that fails says nothing: the connection may be about to end, or there is no memory.
    switchMap(() => defer(() => native().catchUp(state.handle)).pipe(catchError(() => of(true)))),
    repeat(),
    takeWhile((isBehind) => isBehind),
    takeUntil(state.closed),
    ignoreElements(),
  );
}
