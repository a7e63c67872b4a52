// Not the globals, which tests replace by clocks of their own: libvirt's loop has to go on meanwhile.
import { clearImmediate, setImmediate } from 'node:timers';
import { Observable, type Subscriber } from 'rxjs';
import { inSharedContext } from '../async-context.js';

const subscribers = new Set<Subscriber<unknown>>();
let immediate: NodeJS.Immediate | undefined;

/**
 * Emits once on every turn of the event loop, after the turn's I/O; never completes.
 * Cold in effect, and shared: the loop is kept turning while there is a subscriber. One that subscribes during
 * a turn gets the next one first.
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
  // Armed first: a subscriber that is the last to leave must find the next turn to cancel.
  immediate = setImmediate(turn);
  for (const subscriber of [...subscribers]) {
    if (subscribers.has(subscriber)) subscriber.next(undefined);
  }
}
