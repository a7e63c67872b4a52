import { tap, type Observable } from 'rxjs';
import { Connection } from '../connection/connection.js';
import type { CloseReason } from '../errors/close-info.js';
import { whileConnected, type Step } from './connector.js';
import { diagnostics, type HostGapMessage } from './diagnostics.js';
import { lossesOf } from './host-events.js';
import type { HostStatus } from './host-status.js';

/** How many events have been received: by category, and there by type. */
export type EventsByType = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** What has happened to a host so far. It counts while the host lives, and reports on the diagnostics channels. */
export class HostRecord {
  readonly #host: string;
  #connection: Connection | undefined;
  #connections = 0;
  #missing: { readonly from: number; readonly reason: CloseReason } | undefined;
  /** How many event streams were registered before the loss, and are not yet registered again. */
  #unregistered = 0;
  #state: HostStatus['state'] = 'connecting';
  #gapMs = 0;
  /** When the gap before ended. The next one may begin earlier: then what lies in both counts once. */
  #countedUntil = 0;
  /** Events that were lost because there was no memory. */
  droppedEvents = 0;
  /** The events of the connections before the present one. */
  #earlier: Record<string, Record<string, number>> = {};

  constructor(host: string, steps: Observable<Step<Connection>>) {
    this.#host = host;
    steps
      .pipe(
        tap((step) => {
          this.#follow(step);
        }),
        whileConnected(lossesOf),
      )
      .subscribe((dropped) => {
        this.droppedEvents += dropped;
        diagnostics.overflow(() => Object.freeze({ host, dropped }));
      });
  }

  /** Connections that were opened after the first one. */
  get reconnects(): number {
    return Math.max(0, this.#connections - 1);
  }

  /** For how long events may have been missed, from the first connection on. */
  get gapSeconds(): number {
    const present = this.#missing === undefined ? 0 : this.#uncountedMs(this.#missing.from, Date.now());
    return (this.#gapMs + present) / 1000;
  }

  /**
   * An event stream has lost its registration.
   * @returns to be called once: when the stream is registered again, with the end of its gap, or when nobody wants it.
   */
  noteUnregistered(): (at?: number) => void {
    this.#unregistered++;
    return (at) => {
      this.#unregistered--;
      this.#reportGap(this.#endGap(at));
    };
  }

  #uncountedMs(from: number, to: number): number {
    // The system's time may have been set back since the gap before.
    const begin = this.#countedUntil <= to ? Math.max(from, this.#countedUntil) : from;
    return Math.max(0, to - begin);
  }

  eventsByType(): EventsByType {
    const all = this.#sum();
    for (const types of Object.values(all)) Object.freeze(types);
    return Object.freeze(all);
  }

  #follow({ status, connection }: Step<Connection>): void {
    const host = this.#host;
    if (connection !== this.#connection) {
      this.#earlier = this.#sum();
      this.#connection = connection;
    }
    this.#state = status.state;
    if (status.state === 'lost') this.#missing ??= { from: status.from, reason: status.reason };
    if (status.state === 'connected') this.#connections++;
    const gap = this.#endGap();
    // The status first: a subscriber of either may close the host, and `closed` must be the last report.
    diagnostics.status(() => Object.freeze({ host, status }));
    this.#reportGap(gap);
  }

  /** Ends the gap if nothing is missed any more. */
  #endGap(at = Date.now()): Omit<HostGapMessage, 'host'> | undefined {
    const missing = this.#missing;
    const isOver = this.#state === 'closed' || (this.#state === 'connected' && this.#unregistered === 0);
    if (missing === undefined || !isOver) return undefined;
    // The system's time may have been set back meanwhile.
    const to = Math.max(missing.from, at);
    this.#gapMs += this.#uncountedMs(missing.from, to);
    this.#countedUntil = to;
    this.#missing = undefined;
    return { ...missing, to };
  }

  #reportGap(gap: Omit<HostGapMessage, 'host'> | undefined): void {
    if (gap !== undefined && this.#state !== 'closed')
      diagnostics.gap(() => Object.freeze({ host: this.#host, ...gap }));
  }

  #sum(): Record<string, Record<string, number>> {
    const sum = Object.fromEntries(
      Object.entries(this.#earlier).map(([category, types]) => [category, { ...types }]),
    );
    if (this.#connection === undefined) return sum;
    for (const { category, type, received } of Connection.stateOf(this.#connection).eventCounts) {
      const types = (sum[category] ??= {});
      types[type] = (types[type] ?? 0) + received;
    }
    return sum;
  }
}
