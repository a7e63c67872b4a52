import { Observable, share, type Subscriber } from 'rxjs';
import { ConnectionClosedError } from '../errors.js';
import { reportUnhandled } from '../errors/report-unhandled.js';
import { log } from '../logging.js';
import type { ConnectionHandle } from '../native.js';
import type { EventFilter } from './event-filter.js';
import type { EventKind } from './event-kind.js';
import { addRoute, eventAddon, removeRoute } from './event-routes.js';
import { registrationError } from './registration-error.js';

/** What an event source needs of its connection. */
export interface EventSourceHost {
  readonly handle: ConnectionHandle;
  /** Throws a ConnectionClosedError when the connection has ended. */
  assertOpen(): void;
  /** Adds a subscriber that the connection completes or errors when it ends. */
  follow(subscriber: Subscriber<never>): () => void;
}

/**
 * One registration with libvirt, shared by all who subscribe: the first subscriber registers, the last one
 * deregisters. libvirt refuses the same callback a second time, so a registration waits until the one
 * before it is gone.
 */
export class EventSource<Event> {
  readonly events: Observable<Event>;
  readonly #host: EventSourceHost;
  readonly #kind: EventKind<Event>;
  readonly #filter: EventFilter;
  readonly #onIdle: () => void;
  #registration: Promise<void> = Promise.resolve();

  /** @param onIdle Called when nothing is registered any more: the source may be forgotten. */
  constructor(host: EventSourceHost, kind: EventKind<Event>, filter: EventFilter, onIdle: () => void) {
    this.#host = host;
    this.#kind = kind;
    this.#filter = filter;
    this.#onIdle = onIdle;
    this.events = new Observable<Event>((subscriber) => this.#register(subscriber)).pipe(share());
  }

  /**
   * As {@link events}, and calls back once libvirt has acknowledged the registration: whatever happens from
   * then on is emitted.
   */
  withAcknowledgement(onRegistered: () => void): Observable<Event> {
    return new Observable<Event>((subscriber) => {
      const subscription = this.events.subscribe(subscriber);
      this.#registration.then(
        () => {
          if (subscriber.closed) return;
          try {
            onRegistered();
          } catch (error) {
            reportUnhandled(error);
          }
        },
        () => undefined, // the stream's error says it
      );
      return subscription;
    });
  }

  #register(subscriber: Subscriber<Event>): (() => void) | undefined {
    this.#host.assertOpen();
    const addon = eventAddon();
    const { handle } = this.#host;
    const { family, id, decode } = this.#kind;
    const { object, monitorEvent, monitorFlags } = this.#filter;
    const token = addRoute((payload) => {
      subscriber.next(decode(payload));
    });
    const unfollow = this.#host.follow(subscriber);
    const registration = this.#registration.then(() =>
      addon.registerEvent(handle, token, { family, eventId: id, object, monitorEvent, monitorFlags }),
    );
    registration.catch((error: unknown) => {
      this.#fail(subscriber, error);
    });
    this.#registration = registration;
    return () => {
      unfollow();
      removeRoute(token);
      const deregistration = registration
        .then(
          () => addon.deregisterEvent(handle, token),
          () => undefined, // was never registered
        )
        .catch((error: unknown) => {
          log().debug(`deregistering ${this.#kind.category} ${this.#kind.type}: ${String(error)}`);
        })
        .then(() => {
          if (this.#registration === deregistration) this.#onIdle();
        });
      this.#registration = deregistration;
    };
  }

  #fail(subscriber: Subscriber<Event>, error: unknown): void {
    // The connection was lost meanwhile, and is about to say how: that ends the stream.
    if (error instanceof ConnectionClosedError) return;
    subscriber.error(registrationError(this.#kind, error));
  }
}
