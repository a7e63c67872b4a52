// Imports these functions because tests may replace the global ones with a fake clock. libvirt's loop must
// continue to run then.
import { clearImmediate, setImmediate } from 'node:timers';
import { Observable, type Subscriber } from 'rxjs';
import { inSharedContext } from '../async-context.js';

const subscribers = new Set<Subscriber<unknown>>();
let immediate: NodeJS.Immediate | undefined;

/**
 * Emits once on every turn of the event loop, after the turn's I/O. Never completes. Cold in effect, and
 * shared: the loop is kept turning while there is a subscriber. A subscriber that comes during a turn gets
 * its first emission in the next turn.
 */
export const loopTurns = new Observable<unknown>((subscriber) => {
  subscribers.add(subscriber);
  immediate ??= setImmediate(turn);
  return () => {
    subscribers.delete(subscriber);
    if (subscribers.size > 0) return;
    clearImmediate(immediate);
    immediate = undefined;
  };
});

function turn(): void {
  inSharedContext(tellAll);
}

function tellAll(): void {
  // The next turn is set first: the last subscriber that leaves must find it, to cancel it.
  immediate = setImmediate(turn);
  for (const subscriber of [...subscribers]) {
    if (subscribers.has(subscriber)) subscriber.next(undefined);
  }
}
