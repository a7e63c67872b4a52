import { tap, type Observable } from 'rxjs';
import { Connection } from '../connection/connection.js';
import type { CloseReason } from '../errors/close-info.js';
import { whileConnected, type Step } from './connector.js';
import { diagnostics } from './diagnostics.js';
import { lossesOf } from './host-events.js';

/** How many events have been received: by category, and there by type. */
export type EventsByType = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** What has happened to a host so far. It counts while the host lives, and reports on the diagnostics channels. */
export class HostRecord {
  readonly #host: string;
  #connection: Connection | undefined;
  #connections = 0;
  #missing: { readonly from: number; readonly reason: CloseReason } | undefined;
  #gapMs = 0;
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

  /** How long there was no connection, from the first one on. */
  get gapSeconds(): number {
    const present = this.#missing === undefined ? 0 : Math.max(0, Date.now() - this.#missing.from);
    return (this.#gapMs + present) / 1000;
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
    if (status.state === 'lost') this.#missing ??= { from: status.from, reason: status.reason };
    if (status.state === 'connected') this.#connections++;
    const missing = this.#missing;
    const to = Date.now();
    if (missing !== undefined && (status.state === 'connected' || status.state === 'closed')) {
      this.#gapMs += Math.max(0, to - missing.from);
      this.#missing = undefined;
    }
    // The status first: a subscriber of the gap may close the host, and `closed` must be its last status.
    diagnostics.status(() => Object.freeze({ host, status }));
    if (missing !== undefined && status.state === 'connected')
      diagnostics.gap(() => Object.freeze({ host, ...missing, to }));
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
