import type { Observable, Subscription } from 'rxjs';
import type { HostStatus } from '../../../lib/hosts/host-status.js';
import type { FromHost, Gap } from '../../../lib/hosts/position.js';
import type { Daemon, Told } from './daemon.js';
import { longestEventMs } from './history.js';
import type { ObservedPlaces } from './observed-places.js';

type Item = FromHost<Told> | FromHost<Gap>;

/** The registrations of one event stream, and the gaps that follow from them. */
export class ObservedRegistrations {
  readonly #daemon: Daemon;
  readonly gaps: Gap[] = [];
  /** When the first one was acknowledged, since the stream began. */
  firstAt: number | undefined;
  #isRegistered = false;
  #missing: Omit<Gap, 'type' | 'to'> | undefined;
  #isGapDue: Gap | undefined;

  constructor(daemon: Daemon) {
    this.#daemon = daemon;
  }

  /** The last subscriber has left. */
  forget(): void {
    this.gaps.length = 0;
    this.#missing = undefined;
    this.#isRegistered = false;
    this.firstAt = undefined;
  }

  follow(status: HostStatus): void {
    if (status.state !== 'lost' || !this.#isRegistered) return;
    this.#isRegistered = false;
    this.#missing ??= { from: status.from, reason: status.reason };
  }

  /** Calls `onRegistered`, during which the stream has to tell of the gap, if there is one. */
  acknowledge(onRegistered: () => void): void {
    this.firstAt ??= this.#daemon.now;
    this.#isRegistered = true;
    this.#isGapDue = this.#missing && { type: 'gap', ...this.#missing, to: this.#daemon.now };
    this.#missing = undefined;
    onRegistered();
    if (this.#isGapDue !== undefined) this.#daemon.faults.push('a gap was not told');
    this.#isGapDue = undefined;
  }

  /** The stream has told of a gap to its first subscriber. */
  take({ from, to, reason }: Gap): void {
    const due = this.#isGapDue;
    if (due === undefined) this.#daemon.faults.push(`a gap from ${from} to ${to} that was none`);
    else if (due.from !== from || due.to !== to || due.reason !== reason)
      this.#daemon.faults.push(
        `a gap from ${from} to ${to} (${reason}), not ${due.from} to ${due.to} (${due.reason})`,
      );
    this.#isGapDue = undefined;
    this.gaps.push({ type: 'gap', from, to, reason });
  }
}

/** A subscriber of an event stream, which checks all that it is told. */
export class ObservedStream {
  readonly subscription: Subscription;
  isComplete = false;
  readonly #daemon: Daemon;
  readonly #received = new Set<number>();
  #last = -1;

  /** @param onGap Only for the first subscriber. */
  constructor(items: Observable<Item>, daemon: Daemon, places: ObservedPlaces, onGap?: (gap: Gap) => void) {
    this.#daemon = daemon;
    const checkPlace = places.ofSubscriber('events');
    this.subscription = items.subscribe({
      next: (item) => {
        checkPlace(item);
        if (item.type === 'gap') onGap?.(item);
        else this.#take(item);
      },
      error: () => daemon.faults.push('an event stream has ended with an error'),
      complete: () => {
        this.isComplete = true;
      },
    });
  }

  #take({ serial }: Told): void {
    if (serial <= this.#last) this.#daemon.faults.push(`event ${serial} follows event ${this.#last}`);
    this.#last = serial;
    this.#received.add(serial);
  }

  /** Every event since the first acknowledgement has been received, or lies in a gap. */
  checkComplete({ firstAt = Infinity, gaps }: ObservedRegistrations): void {
    for (const { serial, time } of this.#daemon.sent) {
      if (time <= firstAt || this.#received.has(serial)) continue;
      // A close by the program drops what has not arrived yet.
      const isIn = ({ from, to, reason }: Gap) =>
        time >= from - (reason === 'client' ? longestEventMs : 0) && time <= to;
      if (!gaps.some(isIn))
        this.#daemon.faults.push(`event ${serial} of ${time} ms is missing, and in no gap`);
    }
  }
}
