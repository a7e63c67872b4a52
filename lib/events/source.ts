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

/** What libvirt is asked for on behalf of those who share a stream, from the first one's coming to the last one's leaving. */
interface Registration<Event> {
  readonly token: number;
  readonly subscriber: Subscriber<Event>;
  /** Emits once, when libvirt has acknowledged; replayed to those who come later. */
  readonly acknowledged: AsyncSubject<void>;
  isAcknowledged: boolean;
}

/**
 * One registration with libvirt, shared by all who subscribe: the first subscriber registers, the last one
 * deregisters. libvirt refuses the same callback a second time, so one call is under way at a time, and the next
 * one is for what is wanted then: a registration that nobody wants any more by then is never made.
 */
export class EventSource<Event> {
  readonly events: Observable<Event>;
  readonly #connection: ConnectionState;
  readonly #kind: EventKind<Event>;
  readonly #filter: EventFilter;
  readonly #onIdle: () => void;
  /** What the present subscribers want; none without subscribers. */
  #wanted: Registration<Event> | undefined;
  /** What libvirt was asked for last and not told to forget; it may have refused. */
  #requested: Registration<Event> | undefined;
  #isReconciling = false;

  /** @param onIdle Called when nothing is registered any more: the source may be forgotten. */
  constructor(connection: ConnectionState, kind: EventKind<Event>, filter: EventFilter, onIdle: () => void) {
    this.#connection = connection;
    this.#kind = kind;
    this.#filter = filter;
    this.#onIdle = onIdle;
    this.events = new Observable<Event>((subscriber) => this.#want(subscriber)).pipe(share());
  }

  /**
   * As {@link events}, and calls back once libvirt has acknowledged the registration: whatever happens from
   * then on is emitted. Calls back before the first event, which may overtake the acknowledgement.
   */
  withAcknowledgement(onRegistered: () => void): Observable<Event> {
    return new Observable<Event>((subscriber) => {
      const tell = acknowledgement(onRegistered);
      this.events.pipe(tap(tell)).subscribe(subscriber);
      // The stream's error says why there is none.
      if (subscriber.closed || this.#wanted === undefined) return;
      // Not before `subscribe` has returned: the callback may want to unsubscribe.
      const acknowledged = this.#wanted.acknowledged.pipe(observeOn(asapScheduler));
      subscriber.add(acknowledged.subscribe(tell));
    });
  }

  #want(subscriber: Subscriber<Event>): () => void {
    this.#connection.assertOpen();
    const { decode } = this.#kind;
    const token = addRoute((payload) => {
      subscriber.next(decode(payload));
    });
    const unfollow = this.#connection.follow(subscriber);
    const registration = { token, subscriber, acknowledged: new AsyncSubject<void>(), isAcknowledged: false };
    this.#wanted = registration;
    void this.#reconcile();
    return () => {
      unfollow();
      removeRoute(token);
      // A subscriber that answers an error by subscribing again is there before the one that failed has left.
      if (this.#wanted === registration) this.#wanted = undefined;
      void this.#reconcile();
    };
  }

  // Brings over to libvirt what is wanted, until that is what was requested.
  async #reconcile(): Promise<void> {
    if (this.#isReconciling) return;
    this.#isReconciling = true;
    // Subscribers that come and leave within a turn are no business of libvirt's.
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
    // The connection was lost meanwhile, and is about to say how: that ends the stream.
    if (error instanceof ConnectionClosedError) return;
    const reason = registrationError(this.#kind, this.#filter.ofObject, redact(this.#connection.uri), error);
    inSharedContext(() => {
      subscriber.error(reason);
    });
  }
}
