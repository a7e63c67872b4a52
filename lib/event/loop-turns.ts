import { Observable, share } from 'rxjs';

/**
 * Emits once on every turn of the event loop, after the turn's I/O.
 * Cold underneath and shared: the loop is kept turning while there is a subscriber. Never completes.
 */
export const loopTurns: Observable<unknown> = new Observable<undefined>((subscriber) => {
  let immediate = setImmediate(function turn() {
    // Armed first: a subscriber that unsubscribes the last of us must find the next turn to cancel.
    immediate = setImmediate(turn);
    subscriber.next(undefined);
  });
  return () => {
    clearImmediate(immediate);
  };
}).pipe(share());
