// Not the globals, which tests replace by clocks of their own: libvirt's loop has to go on meanwhile.
import { clearTimeout, setTimeout } from 'node:timers';
import { Observable, type Subscriber } from 'rxjs';
import { inSharedContext } from '../async-context.js';

/** Those that may be joined, by their period. Time goes on, so for each period that is the last one alone. */
const tickers = new Map<number, Ticker>();

/** Of Node's timers; they take a longer delay for none. */
const maxDelayMs = 0x7fffffff;

// Timers count whole milliseconds of this clock, rounded down. performance.now() is the same clock, but its
// milliseconds begin elsewhere: a time that is whole there can lie almost one of the timers' milliseconds away.
function timersNow(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/**
 * Emits a running count each `periodMs` milliseconds of real time, from a multiple of the period after the
 * subscription on; never completes. Cold in effect; subscribers with the same period that came within the
 * same millisecond share one timer underneath, so that a thousand timeouts cost little more than one.
 *
 * Ticks are set from when they were due and not from when they came, so they don't drift. None comes early.
 * Where the loop was blocked for longer than a period, the ticks in between are left out.
 */
export function sharedInterval(periodMs: number): Observable<number> {
  return new Observable((subscriber) => {
    const nowMs = timersNow();
    // Rounded up: a tick may be late, but never early.
    const startMs = Math.ceil(nowMs);
    let ticker = tickers.get(periodMs);
    if (ticker?.startMs !== startMs) {
      ticker = new Ticker(periodMs, startMs);
      // Armed first: without a timer nobody may join it.
      ticker.arm(nowMs);
      tickers.set(periodMs, ticker);
    }
    return ticker.add(subscriber);
  });
}

class Ticker {
  /** Who subscribes at this whole millisecond of {@link timersNow} may join. */
  readonly startMs: number;
  readonly #periodMs: number;
  readonly #subscribers = new Set<Subscriber<number>>();
  readonly #tick = (): void => {
    inSharedContext(this.#run);
  };
  /** When the next tick is due, a whole millisecond of {@link timersNow}. */
  #dueMs: number;
  #timer: NodeJS.Timeout | undefined;
  #count = 0;

  constructor(periodMs: number, startMs: number) {
    this.startMs = startMs;
    this.#periodMs = periodMs;
    this.#dueMs = startMs + periodMs;
  }

  add(subscriber: Subscriber<number>): () => void {
    this.#subscribers.add(subscriber);
    return () => {
      this.#subscribers.delete(subscriber);
      if (this.#subscribers.size > 0) return;
      this.#close();
      clearTimeout(this.#timer);
    };
  }

  /** Sets the timer for the next tick, which is after `nowMs`. */
  arm(nowMs: number): void {
    // The timer begins at `nowMs` rounded down, so what is left rounded up ends when the tick is due.
    const delayMs = Math.ceil(this.#dueMs - nowMs);
    this.#timer = setTimeout(this.#tick, Math.min(delayMs, maxDelayMs));
  }

  #close(): void {
    if (tickers.get(this.#periodMs) === this) tickers.delete(this.#periodMs);
  }

  readonly #run = (): void => {
    this.#close();
    // Read once: with a later time, the next tick could be due already, and the delay to it negative.
    const nowMs = timersNow();
    const lateMs = nowMs - this.#dueMs;
    // Of delays that are cut, and where the kernel lends the timers a coarser clock, which is behind.
    if (lateMs < 0) {
      this.arm(nowMs);
      return;
    }
    this.#dueMs += this.#periodMs * (1 + Math.floor(lateMs / this.#periodMs));
    // Armed first: a subscriber that is the last to leave must find the next tick to cancel.
    this.arm(nowMs);
    const count = this.#count++;
    // A Set's iteration passes over what is deleted on the way: nothing fires after its removal.
    for (const subscriber of this.#subscribers) subscriber.next(count);
  };
}
