import { Observable, type Subscriber } from 'rxjs';

const tickers = new Map<string, Ticker>();

/**
 * Emits a running count each `periodMs` milliseconds of real time, from a multiple of the period after the
 * subscription on; never completes. Cold in effect; subscribers with the same period that came within the
 * same millisecond share one timer underneath, so that a thousand timeouts cost little more than one.
 *
 * Ticks are set from when they were due and not from when they came, so they don't drift. Where the loop was
 * blocked for longer than a period, the ticks in between are left out.
 */
export function sharedInterval(periodMs: number): Observable<number> {
  return new Observable((subscriber) => {
    // Rounded up: a first tick may be late, but never early.
    const startMs = Math.ceil(performance.now());
    const key = `${periodMs}:${startMs}`;
    let ticker = tickers.get(key);
    if (ticker === undefined) {
      const created = new Ticker(periodMs, startMs, () => {
        if (tickers.get(key) === created) tickers.delete(key);
      });
      tickers.set(key, (ticker = created));
    }
    return ticker.add(subscriber);
  });
}

class Ticker {
  readonly #periodMs: number;
  readonly #close: () => void;
  readonly #subscribers = new Set<Subscriber<number>>();
  readonly #tick = (): void => {
    this.#run();
  };
  #dueMs: number;
  #timer: NodeJS.Timeout | undefined;
  #count = 0;

  /** `close` is called when nobody may join any more. */
  constructor(periodMs: number, startMs: number, close: () => void) {
    this.#periodMs = periodMs;
    this.#dueMs = startMs + periodMs;
    this.#close = close;
  }

  add(subscriber: Subscriber<number>): () => void {
    this.#subscribers.add(subscriber);
    if (this.#timer === undefined) this.#arm();
    return () => {
      this.#subscribers.delete(subscriber);
      if (this.#subscribers.size > 0) return;
      clearTimeout(this.#timer);
      this.#close();
    };
  }

  #arm(): void {
    const leftMs = this.#dueMs - performance.now();
    // Timers keep whole milliseconds of a clock of their own, and begin at its last one. So a tick that is less than
    // one late is followed by a whole period: rounding would send it to and fro between two of them.
    const delayMs = Math.abs(leftMs - this.#periodMs) < 1 ? this.#periodMs : Math.round(leftMs);
    this.#timer = setTimeout(this.#tick, Math.min(delayMs, 0x7fffffff));
  }

  #run(): void {
    this.#close();
    const lateMs = performance.now() - this.#dueMs;
    if (lateMs < -1) {
      this.#arm();
      return;
    }
    this.#dueMs += this.#periodMs * (1 + Math.max(0, Math.floor(lateMs / this.#periodMs)));
    // Armed first: a subscriber that is the last to leave must find the next tick to cancel.
    this.#arm();
    const count = this.#count++;
    // A Set's iteration passes over what is deleted on the way: nothing fires after its removal.
    for (const subscriber of this.#subscribers) subscriber.next(count);
  }
}
