import { Observable, share, type Subscriber } from 'rxjs';
import { LibvirtError, UnsupportedEventError } from '../errors.js';
import { reportUnhandled } from '../errors/report-unhandled.js';
import { log } from '../logging.js';
import type { ConnectionHandle, DomainHandle } from '../native.js';
import type { EventKind } from './event-kind.js';
import { addRoute, eventAddon, removeRoute } from './event-routes.js';

/** What an event source needs of its connection. */
export interface EventSourceHost {
  readonly handle: ConnectionHandle;
  /** Adds a subscriber that the connection completes or errors when it ends; errors it when it has ended. */
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
  readonly #object: DomainHandle | null;
  #registration: Promise<void> = Promise.resolve();

  constructor(host: EventSourceHost, kind: EventKind<Event>, object: DomainHandle | null) {
    this.#host = host;
    this.#kind = kind;
    this.#object = object;
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

  #register(subscriber: Subscriber<Event>): () => void {
    const unfollow = this.#host.follow(subscriber);
    if (subscriber.closed) return unfollow;
    const addon = eventAddon();
    const { handle } = this.#host;
    const { family, id, decode } = this.#kind;
    const token = addRoute((payload) => {
      subscriber.next(decode(payload));
    });
    const before = this.#registration.catch(() => undefined);
    this.#registration = before.then(() => addon.registerEvent(handle, family, id, token, this.#object));
    this.#registration.catch((error: unknown) => {
      subscriber.error(this.#explain(error));
    });
    return () => {
      unfollow();
      removeRoute(token);
      this.#registration = this.#registration
        .then(() => addon.deregisterEvent(handle, token))
        .catch((error: unknown) => {
          log().debug(`deregistering ${this.#kind.category} ${this.#kind.type}: ${String(error)}`);
        });
    };
  }

  #explain(error: unknown): unknown {
    if (!(error instanceof LibvirtError) || !unsupportedCodes.has(error.code)) return error;
    const { category, type } = this.#kind;
    return new UnsupportedEventError(
      category,
      type,
      `${category} events '${type}' are not supported here: ${error.message}`,
      {
        cause: error,
      },
    );
  }
}

// An id that is unknown to the client library is an invalid argument, one unknown to the daemon an RPC
// error, and a driver without such events has no support.
const unsupportedCodes: ReadonlySet<string> = new Set([
  'VIR_ERR_NO_SUPPORT',
  'VIR_ERR_INVALID_ARG',
  'VIR_ERR_RPC',
]);
