import { asyncScheduler, type Observable } from 'rxjs';
import type { RunHelpers } from 'rxjs/testing';
import { marbles } from '../loop/marbles.js';

/**
 * What a stream does in virtual time: a line for each item, with the milliseconds since it was subscribed to.
 * @param make Makes the stream, of marbles if it likes.
 * @param forMs When it is unsubscribed from.
 * @param short An item in short.
 */
export function story<T>(
  make: (helpers: RunHelpers) => Observable<T>,
  forMs: number,
  short: (item: T) => string,
): string[] {
  const lines: string[] = [];
  const tell = (what: string) => lines.push(`${asyncScheduler.now()} ${what}`);
  marbles((helpers) => {
    const subscription = make(helpers).subscribe({
      next: (item) => tell(short(item)),
      error: (error: unknown) => tell(`error: ${String(error)}`),
      complete: () => tell('complete'),
    });
    helpers.cold(`${forMs}ms |`).subscribe({
      complete: () => {
        subscription.unsubscribe();
      },
    });
  });
  return lines;
}
