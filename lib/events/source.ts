import { asapScheduler, AsyncSubject, Observable, observeOn, share, tap, type Subscriber } from 'rxjs';
import { inSharedContext } from '../async-context.js';
import type { ConnectionState } from '../connection-state.js';
import { ConnectionClosedError } from '../errors.js';
import { redact } from '../errors/redact.js';
import { log } from '../logging.js';
import { absence } from './absence.js';
import { acknowledgement } from './acknowledgement.js';
import { families } from './families.js';
import type { EventFilter } from './filter.js';
import type { EventKind } from './kind.js';
import { installedLibvirt, native } from '../native.js';
import { addRoute, removeRoute } from '../native/receivers.js';
import { registrationError } from './registration-error.js';

/**
 * One request to libvirt, on behalf of all subscribers of a stream. It is made for the first subscriber, and withdrawn
 * when the last one has left.
 */
interface Registration<Event> {
  readonly token: number;
  readonly subscriber: Subscriber<Event>;
  /** Emits once, when libvirt has acknowledged. Whoever subscribes later gets this too. */
  readonly acknowledged: AsyncSubject<void>;
  isAcknowledged: boolean;
}

/**
 * One registration with libvirt, which all subscribers share: the first one registers, the last one deregisters.
 * libvirt refuses to register a callback twice. Therefore only one call is under way at a time. The next call is chosen
 * when that one has ended. So a registration that nobody wants any more is never made.
 */
export class EventSource<Event> {
  readonly events: Observable<Event>;
  readonly #connection: ConnectionState;
  readonly #kind: EventKind<Event>;
  readonly #filter: EventFilter;
  readonly #onIdle: () => void;
  /** What the present subscribers want; undefined when there are none. */
  #wanted: Registration<Event> | undefined;
  /** What libvirt was asked for last, and has not yet been told to forget. libvirt may have refused it. */
  #requested: Registration<Event> | undefined;
  #isReconciling = false;

  /** @param onIdle Called when nothing is registered any more. The caller may then forget the source. */
  constructor(connection: ConnectionState, kind: EventKind<Event>, filter: EventFilter, onIdle: () => void) {
    this.#connection = connection;
    this.#kind = kind;
    this.#filter = filter;
    this.#onIdle = onIdle;
    this.events = new Observable<Event>((subscriber) => this.#want(subscriber)).pipe(share());
  }

  /**
   * Emits what {@link events} emits, and calls `onRegistered` once libvirt has acknowledged the registration. Every
   * event from then on is emitted. The first event may arrive before the acknowledgement. Then `onRegistered` is called
   * just before that event is emitted.
   */
  withAcknowledgement(onRegistered: () => void): Observable<Event> {
    return new Observable<Event>((subscriber) => {
      const tell = acknowledgement(onRegistered);
      this.events.pipe(tap(tell)).subscribe(subscriber);
      // There is no registration, and the stream's error says why.
      if (subscriber.closed || this.#wanted === undefined) return;
      // The callback may want to unsubscribe, so it is called after `subscribe` has returned.
      const acknowledged = this.#wanted.acknowledged.pipe(observeOn(asapScheduler));
      subscriber.add(acknowledged.subscribe(tell));
    });
  }

  #want(subscriber: Subscriber<Event>): () => void {
    this.#connection.assertOpen();
    const { category, type, decode } = this.#kind;
    const count = this.#connection.eventCounts.of(category, type);
    const token = addRoute((payload) => {
      count.received++;
      subscriber.next(decode(payload));
    });
    const unfollow = this.#connection.follow(subscriber);
    const registration = { token, subscriber, acknowledged: new AsyncSubject<void>(), isAcknowledged: false };
    this.#wanted = registration;
    void this.#reconcile();
    return () => {
      unfollow();
      removeRoute(token);
      // A subscriber may answer an error by subscribing again. `#wanted` is then the new registration.
      if (this.#wanted === registration) this.#wanted = undefined;
      void this.#reconcile();
    };
  }

  // Makes calls to libvirt until what was requested is what is wanted.
  async #reconcile(): Promise<void> {
    if (this.#isReconciling) return;
    this.#isReconciling = true;
    // No call is made for subscribers that come and leave in the same synchronous code.
    await Promise.resolve();
    while (this.#requested !== this.#wanted) {
      if (this.#requested?.isAcknowledged === true) await this.#deregister(this.#requested);
      this.#requested = this.#wanted;
      if (this.#requested !== undefined) await this.#register(this.#requested);
    }
    this.#isReconciling = false;
    if (this.#wanted === undefined) this.#onIdle();
  }

  async #register(registration: Registration<Event>): Promise<void> {
    const { handle } = this.#connection;
    const { category, id } = this.#kind;
    const { object, monitorEvent, monitorFlags } = this.#filter;
    const { token, subscriber, acknowledged } = registration;
    try {
      const reason = absence(this.#kind, installedLibvirt());
      if (reason !== undefined) throw reason;
      const family = families[category].number;
      const wanted = { family, eventId: id, object, monitorEvent, monitorFlags };
      await native().registerEvent(handle, token, wanted);
    } catch (error) {
      this.#fail(subscriber, error);
      return;
    }
    registration.isAcknowledged = true;
    acknowledged.next();
    acknowledged.complete();
  }

  async #deregister({ token }: Registration<Event>): Promise<void> {
    try {
      await native().deregisterEvent(this.#connection.handle, token);
    } catch (error) {
      log().debug(`deregistering ${this.#kind.category} ${this.#kind.type}: ${String(error)}`);
    }
  }

  #fail(subscriber: Subscriber<Event>, error: unknown): void {
    // The connection was lost in the meantime. It will end the stream itself, and say how it was lost.
    if (error instanceof ConnectionClosedError) return;
    const reason = registrationError(this.#kind, this.#filter.ofObject, redact(this.#connection.uri), error);
    inSharedContext(() => {
      subscriber.error(reason);
    });
  }
}
