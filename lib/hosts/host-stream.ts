import {
  asapScheduler,
  asyncScheduler,
  BehaviorSubject,
  defer,
  filter,
  finalize,
  Observable,
  observeOn,
  share,
  tap,
  timer,
  type SchedulerLike,
} from 'rxjs';
import { ConnectionClosedError } from '../errors.js';
import type { CloseReason } from '../errors/close-info.js';
import { acknowledgement } from '../events/acknowledgement.js';
import { overflow, type Overflow } from '../events/overflow.js';
import { whileConnected, type Step } from './connector.js';
import type { Delays } from './delays.js';
import type { FromHost, Gap, Places } from './position.js';

/** What a stream of a host needs. */
export interface HostStreamRig<C, E extends object> {
  readonly steps: Observable<Step<C>>;
  /** The events of one connection. Calls `onRegistered` before the first one. */
  readonly listen: (connection: C, onRegistered: () => void) => Observable<E>;
  /** Emits how many events of a connection were lost, where they are missing. */
  readonly lossesOf: (connection: C) => Observable<number>;
  readonly places: Places;
  /** How long to wait after a connection has refused the registration. */
  readonly delays: Delays;
  /** Called when a connection has refused, and with undefined when one has acknowledged or the stream has ended. */
  readonly onTrouble: (error: unknown) => void;
  /** Called at a loss. What it returns is called when the gap ends, or when the last subscriber has left. */
  readonly onUnregistered: () => (at?: number) => void;
  /** Called when the last subscriber has left. */
  readonly onIdle?: () => void;
  readonly scheduler?: SchedulerLike;
}

/** What a stream of a host emits: an event, or where events are missing. */
export type HostItem<Event> = FromHost<Event> | FromHost<Gap> | FromHost<Overflow>;

/**
 * The events of one kind, from all connections of a host one after the other. All subscribers share one
 * registration. Never errors. Completes with the steps.
 */
export class HostStream<C, E extends object> {
  readonly items: Observable<HostItem<E>>;
  /** Emits when a connection has acknowledged. Late subscribers get it too, until the connection is lost. */
  readonly #acknowledged = new BehaviorSubject(false);
  readonly #rig: HostStreamRig<C, E>;

  constructor(rig: HostStreamRig<C, E>) {
    this.#rig = rig;
    this.items = defer(() => this.#acrossConnections()).pipe(
      finalize(() => {
        this.#acknowledged.next(false);
        // What nobody wants any more is no trouble.
        rig.onTrouble(undefined);
        rig.onIdle?.();
      }),
      share(),
    );
  }

  /** Emits what {@link items} emits. Calls `onRegistered` once, when a connection has acknowledged. */
  withAcknowledgement(onRegistered: () => void): Observable<HostItem<E>> {
    return new Observable((subscriber) => {
      const tell = acknowledgement(onRegistered);
      const acknowledged = this.#acknowledged.pipe(filter(Boolean), observeOn(asapScheduler));
      this.items.pipe(tap(tell)).subscribe(subscriber);
      subscriber.add(acknowledged.subscribe(tell));
    });
  }

  #acrossConnections(): Observable<HostItem<E>> {
    const { steps, onUnregistered } = this.#rig;
    let missing: { from: number; reason: CloseReason; onEnd: (at?: number) => void } | undefined;
    const endGap = (at?: number) => {
      const ended = missing;
      missing = undefined;
      ended?.onEnd(at);
    };
    return steps.pipe(
      tap(({ status }) => {
        if (status.state !== 'lost' || !this.#acknowledged.value) return;
        missing ??= { from: status.from, reason: status.reason, onEnd: onUnregistered() };
        this.#acknowledged.next(false);
      }),
      whileConnected((connection, epoch) =>
        this.#ofConnection(connection, epoch, (now) => {
          if (missing === undefined) return undefined;
          const { from, reason } = missing;
          const to = Math.max(from, now); // the system's time may have been set back meanwhile
          endGap(to);
          return { type: 'gap', from, to, reason };
        }),
      ),
      finalize(endGap),
    );
  }

  /** @param register Called when libvirt has acknowledged. Returns the gap before that, if there is one. */
  #ofConnection(connection: C, epoch: number, register: (to: number) => Gap | undefined) {
    const { listen, lossesOf, places, delays, onTrouble, scheduler = asyncScheduler } = this.#rig;
    // One Observable rather than several operators, because each event passes through it.
    return new Observable<HostItem<E>>((subscriber) => {
      let failures = 0;
      const onRegistered = () => {
        onTrouble(undefined);
        const gap = register(scheduler.now());
        if (gap !== undefined) subscriber.next(places.place(gap, epoch));
        // The subscriber of a gap may have left. Then the stream isn't registered any more.
        if (!subscriber.closed) this.#acknowledged.next(true);
      };
      const listenAgain = () => {
        const losses = lossesOf(connection).subscribe((dropped) => {
          if (this.#acknowledged.value) subscriber.next(places.place(overflow(dropped), epoch));
        });
        subscriber.add(losses);
        const listening = listen(connection, onRegistered).subscribe({
          next: (event) => {
            subscriber.next(places.place(event, epoch));
          },
          error: (error: unknown) => {
            // The host will have another connection.
            if (error instanceof ConnectionClosedError) return;
            losses.unsubscribe();
            onTrouble(error);
            subscriber.add(timer(delays.chooseMs(++failures), scheduler).subscribe(listenAgain));
          },
          complete: () => {
            subscriber.complete();
          },
        });
        subscriber.add(listening);
      };
      listenAgain();
    });
  }
}
