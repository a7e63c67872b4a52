import { Observable, Subject, throwError } from 'rxjs';
import { eagerFd, refusedFd } from './commands.js';

/** What the eager file descriptor is ready for. */
export const eagerBits = 7;

/** The files that the loop watches. Each emits all bits to all, as if it knew no masks: the loop has to choose. */
export class ModelledFiles {
  readonly #readiness = new Subject<{ readonly fd: number; readonly bits: number }>();
  readonly #onPoll: (events: number) => void;

  /** @param onPoll Called with the mask of each watch that the loop asks for. */
  constructor(onPoll: (events: number) => void) {
    this.#onPoll = onPoll;
  }

  emit(fd: number, bits: number): void {
    this.#readiness.next({ fd, bits });
  }

  /** For the option `fromFd` of the loop. */
  readonly fromFd = (fd: number, events: number): Observable<number> => {
    this.#onPoll(events);
    if (fd === refusedFd) return throwError(() => new Error('refused'));
    return new Observable((subscriber) => {
      // Twice: the first callback may change or remove the watch.
      if (fd === eagerFd) for (const bits of [eagerBits, eagerBits]) subscriber.next(bits);
      return this.#readiness.subscribe((ready) => {
        if (ready.fd === fd) subscriber.next(ready.bits);
      });
    });
  };
}
