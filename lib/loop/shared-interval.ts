// Imports these functions because tests may replace the global ones with a fake clock. libvirt's loop must
// continue to run then.
import { clearTimeout, setTimeout } from 'node:timers';
import { Observable, type Subscriber } from 'rxjs';
import { inSharedContext } from '../async-context.js';

/**
 * The tickers that a subscriber may join, by their period. A ticker may be joined only in the millisecond in
 * which it was made, so there is one for each period: the last one.
 */
const tickers = new Map<number, Ticker>();

/** The longest delay of Node's timers. They don't wait at all for a longer one. */
const maxDelayMs = 0x7fffffff;

// The clock of Node's timers, which count its whole milliseconds, rounded down. performance.now() is the same
// clock with another zero point, so its whole milliseconds can differ from those of the timers by almost one.
function timersNow(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/**
 * Emits a running count each `periodMs` milliseconds of real time, first when one period has passed since the
 * subscription. Never completes. Cold in effect, and shared: subscribers with the same period that came
 * within the same millisecond share one timer. So a thousand timeouts cost little more than one.
 *
 * Each tick is set from the time when the last one was due, not from when it came. So ticks don't drift. No
 * tick comes early. When the loop was blocked for longer than a period, the ticks in between are left out.
 */
export function sharedInterval(periodMs: number): Observable<number> {
  return new Observable((subscriber) => {
    const nowMs = timersNow();
    // Rounded up: a tick may be late, but never early.
    const startMs = Math.ceil(nowMs);
    let ticker = tickers.get(periodMs);
    if (ticker?.startMs !== startMs) {
      ticker = new Ticker(periodMs, startMs);
      // Its timer is set first: nobody may join a ticker without a timer.
      ticker.arm(nowMs);
      tickers.set(periodMs, ticker);
    }
    return ticker.add(subscriber);
  });
}

class Ticker {
  /**
   * When it started, a whole millisecond of {@link timersNow}. A subscriber that came within the same one may
   * join.
   */
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
    // The timer counts from `nowMs` rounded down. So when the rest is rounded up, it ends when the tick is
    // due.
    const delayMs = Math.ceil(this.#dueMs - nowMs);
    this.#timer = setTimeout(this.#tick, Math.min(delayMs, maxDelayMs));
  }

  #close(): void {
    if (tickers.get(this.#periodMs) === this) tickers.delete(this.#periodMs);
  }

  readonly #run = (): void => {
    this.#close();
    // The clock is read only once: at a later time the next tick could be due already, and its delay would be
    // negative.
    const nowMs = timersNow();
    const lateMs = nowMs - this.#dueMs;
    // The timer comes early if its delay was cut to `maxDelayMs`, or if the kernel gives the timers a coarser
    // clock, which is behind.
    if (lateMs < 0) {
      this.arm(nowMs);
      return;
    }
    this.#dueMs += this.#periodMs * (1 + Math.floor(lateMs / this.#periodMs));
    // The next tick is set first: the last subscriber that leaves must find it, to cancel it.
    this.arm(nowMs);
    const count = this.#count++;
    // The iteration of a Set skips what is deleted meanwhile, so nobody gets a tick after leaving.
    for (const subscriber of this.#subscribers) subscriber.next(count);
  };
}
