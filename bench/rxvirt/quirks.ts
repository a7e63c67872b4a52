// Checks edge cases of the event loop's contract. Prints one line of JSON per check.
import { closeSync, fstatSync, writeSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { event, RxEventImpl } from 'rxvirt';
import { native } from './helpers.js';

function say(check: string, isRight: boolean, saw: string): void {
  writeSync(1, `${JSON.stringify({ check, right: isRight, saw })}\n`);
}

export async function quirks(): Promise<void> {
  event.register(RxEventImpl.shared);
  await wake();
  await shorter();
  await hangup();
  await zero();
  process.exit();
}

async function wake(): Promise<void> {
  let firedAt: number | undefined;
  const timer = event.addTimeout(-1, (id) => {
    firedAt = performance.now();
    event.updateTimeout(id, -1);
  });
  await delay(200);
  const armedAt = performance.now();
  native.updateTimeoutFromThread(timer, 0);
  await delay(1800); // nothing else would wake the loop
  const ms = firedAt === undefined ? undefined : firedAt - armedAt;
  say('wake', ms !== undefined && ms < 100, ms === undefined ? 'not in 1.8 s' : `${ms.toFixed(1)} ms`);
  event.removeTimeout(timer);
}

async function shorter(): Promise<void> {
  let firedAt: number | undefined;
  const start = performance.now();
  const timer = event.addTimeout(1000, () => {
    firedAt ??= performance.now();
  });
  await delay(50);
  event.updateTimeout(timer, 10);
  await delay(1300);
  const ms = (firedAt ?? Infinity) - start;
  say('shorter', ms < 200, `after ${ms.toFixed(0)} ms`);
  event.removeTimeout(timer);
}

async function hangup(): Promise<void> {
  let mask = 0;
  const [read, write] = native.pipe();
  const watch = event.addHandle(read, event.HANDLE_HANGUP | event.HANDLE_ERROR, (id, _fd, events) => {
    mask |= events;
    event.updateHandle(id, 0);
  });
  closeSync(write);
  await delay(200);
  say('hangup', (mask & event.HANDLE_HANGUP) !== 0, `mask ${mask}`);
  event.removeHandle(watch);
  await delay(50);
  say('fd', isOpen(read), isOpen(read) ? 'still open' : 'closed');
}

function isOpen(fd: number): boolean {
  try {
    return fstatSync(fd).isFIFO();
  } catch {
    return false;
  }
}

/** Removes 100 timeouts, waits a while, and counts those that are freed. */
async function countFreed(): Promise<number> {
  const before = native.freed();
  for (let i = 0; i < 100; i++) native.addAndRemoveTimeout();
  await delay(500);
  return native.freed() - before;
}

async function zero(): Promise<void> {
  const freedIdle = await countFreed();
  let turns = 0;
  const busy = event.addTimeout(0, () => {
    turns++;
  });
  await delay(200);
  say('zero', turns > 10, `${turns} times in 0.2 s`);
  const freedBusy = await countFreed();
  say('freed', freedBusy === 100, `${freedBusy} of 100 (${freedIdle} with no 0 ms timeout)`);
  event.removeTimeout(busy);
}
