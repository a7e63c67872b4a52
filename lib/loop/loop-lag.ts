import { monitorEventLoopDelay, performance, type IntervalHistogram } from 'node:perf_hooks';
import { clearInterval, clearTimeout, setInterval, setTimeout } from 'node:timers';
import { Observable } from 'rxjs';
import { checkInteger, checkKeys } from '../arguments.js';

/** How often the lag is told. */
export interface LoopLagOptions {
  /** Milliseconds from one value to the next, an integer from 100 to 2^31 - 1; 1,000 unless given. */
  readonly interval?: number;
}

// How often Node looks at the clock. Each look costs some 0.1 ms of CPU.
const resolutionMs = 20;

/**
 * How long JavaScript has kept the event loop waiting, in milliseconds: the longest time in each interval. A busy
 * event loop can't answer a daemon's keepalive, and delivers events late. The value can be up to 20 ms too low.
 *
 * Cold: it measures from the subscription to the unsubscription (`perf_hooks.monitorEventLoopDelay`). It does not keep
 * the process alive. While JavaScript blocks, it can't emit: the value comes when the block has ended. Never completes.
 * @throws {TypeError | RangeError} for invalid options.
 * @example
 * loopLag().subscribe((ms) => { if (ms > 1000) warn(`JavaScript was busy for ${ms} ms`); });
 */
export function loopLag(options: LoopLagOptions = {}): Observable<number> {
  checkKeys('loopLag', options, ['interval']);
  const { interval = 1000 } = options;
  checkInteger('interval', interval, 100, 0x7fffffff);
  return new Observable((subscriber) => {
    const meter = new LagMeter();
    const telling = setInterval(() => {
      const ms = meter.takeMs();
      meter.restart();
      subscriber.next(ms);
    }, interval);
    telling.unref();
    return () => {
      clearInterval(telling);
      meter.stop();
    };
  });
}

/** Measures the longest lag since the last restart. */
class LagMeter {
  readonly #histogram: IntervalHistogram = monitorEventLoopDelay({ resolution: resolutionMs });
  #first: NodeJS.Timeout | undefined;
  #firstMs = 0;

  constructor() {
    this.#histogram.enable();
    this.restart();
  }

  /** The longest lag since the last restart, in milliseconds. */
  takeMs(): number {
    // The histogram has the time from one look at the clock to the next.
    return Math.max(0, this.#histogram.max / 1e6 - resolutionMs, this.#firstMs);
  }

  // After a reset the histogram ignores the time up to its next look at the clock. A timer of ours measures it.
  restart(): void {
    this.#histogram.reset();
    this.#firstMs = 0;
    clearTimeout(this.#first);
    const dueMs = performance.now() + resolutionMs;
    this.#first = setTimeout(() => (this.#firstMs = performance.now() - dueMs), resolutionMs);
    this.#first.unref();
  }

  stop(): void {
    clearTimeout(this.#first);
    this.#histogram.disable();
  }
}

const windowMs = 60_000;
const partMs = 1000;
let recentMs: number[] | undefined;

/**
 * The longest lag of the last minute, in milliseconds. The first call begins to measure, for the rest of the process,
 * and returns 0.
 */
export function recentLoopLagMs(): number {
  if (recentMs === undefined) {
    const values: number[] = (recentMs = []);
    loopLag({ interval: partMs }).subscribe((ms) => {
      values.push(ms);
      if (values.length > windowMs / partMs) values.shift();
    });
  }
  return Math.max(0, ...recentMs);
}
