import { setTimeout as delay } from 'node:timers/promises';
import { event } from '../../../lib/index.js';
import { block } from './block.js';
import { Fifo } from './fifo.js';

/**
 * For a loop on another thread: blocks JavaScript while the loop finds a watch ready. Then the descriptor is emptied, and
 * the watch silenced and set again, before its callback could run. Resolves with the number of callbacks, which had
 * nothing to read.
 */
export async function callsWhenEmptiedInTime(): Promise<number> {
  using fifo = new Fifo();
  let calls = 0;
  const watch = event.addHandle(fifo.fd, event.HANDLE_READABLE, () => {
    calls++;
  });
  await delay(20);
  fifo.fill();
  block(50);
  fifo.empty();
  event.updateHandle(watch, 0);
  event.updateHandle(watch, event.HANDLE_READABLE);
  await delay(50);
  event.removeHandle(watch);
  return calls;
}
