import type { Observable } from 'rxjs';
import type { ConnectionState } from '../connection-state.js';
import { ConnectionClosedError, withAttempt } from '../errors.js';
import { redact } from '../errors/redact.js';
import type { DomainEventMap, DomainEventType } from '../events/domain-event-types.js';
import { DomainAction, native, type DomainHandle } from '../native.js';
import { domainState, type DomainState } from './domain-state.js';

/** The events of one domain, as its connection streams them. */
export type EventsOfDomain = <T extends DomainEventType>(
  type: T,
  options: { readonly domain: Domain; readonly onRegistered?: () => void },
) => Observable<DomainEventMap[T]>;

/** What can't be done when an action fails. */
const participles: Record<keyof typeof DomainAction, string> = {
  suspend: 'suspended',
  resume: 'resumed',
  create: 'started',
  destroy: 'destroyed',
};

/**
 * A domain of a connection; get one from `connection.lookupDomainByName` or `connection.domain`.
 * Its calls are libvirt's, made on threads of their own: they never block JavaScript. All reject with a
 * {@link LibvirtError} when libvirt fails, and with a {@link ConnectionClosedError} when the connection is
 * closed.
 */
export class Domain {
  /** The name when this object was made; a domain can be renamed, its `uuid` stays. */
  readonly name: string;
  readonly uuid: string;
  /** Its number when this object was made; null when it wasn't running. */
  readonly id: number | null;
  readonly #connection: ConnectionState;
  readonly #handle: DomainHandle;
  readonly #events: EventsOfDomain;

  /** @internal */
  constructor(
    connection: ConnectionState,
    handle: DomainHandle,
    identity: { name: string; uuid: string; id: number | null },
    events: EventsOfDomain,
  ) {
    if ((identity as unknown) === undefined)
      throw new TypeError('a Domain is made by a connection: lookupDomainByName() or domain(), not by new');
    this.#connection = connection;
    this.#handle = handle;
    this.#events = events;
    this.name = identity.name;
    this.uuid = identity.uuid;
    this.id = identity.id;
  }

  /** @internal The addon's handle of `domain`; none when it belongs to another connection. */
  static handleOf(domain: Domain, connection: ConnectionState): DomainHandle | undefined {
    return domain.#connection === connection ? domain.#handle : undefined;
  }

  /** What it does now (virDomainGetState). */
  async state(): Promise<DomainState> {
    this.#connection.assertOpen();
    const [state, reason] = await this.#settled('asked for its state', native().domainState(this.#handle));
    return domainState(state, reason);
  }

  /** Starts a defined domain (virDomainCreate). */
  create(): Promise<void> {
    return this.#act('create');
  }

  /** Pauses it; it keeps its memory (virDomainSuspend). */
  suspend(): Promise<void> {
    return this.#act('suspend');
  }

  /** Goes on after {@link suspend} (virDomainResume). */
  resume(): Promise<void> {
    return this.#act('resume');
  }

  /** Ends it at once, as if its power were cut (virDomainDestroy). */
  destroy(): Promise<void> {
    return this.#act('destroy');
  }

  /**
   * This domain's events alone, filtered by libvirt; see `connection.domainEvents`.
   * @param options.onRegistered Called when libvirt has acknowledged the registration.
   */
  events<T extends DomainEventType>(
    type: T,
    options: { readonly onRegistered?: () => void } = {},
  ): Observable<DomainEventMap[T]> {
    return this.#events(type, { ...options, domain: this });
  }

  async #act(action: keyof typeof DomainAction): Promise<void> {
    this.#connection.assertOpen();
    await this.#settled(participles[action], native().actOnDomain(this.#handle, DomainAction[action]));
  }

  // The addon can't say of which connection and domain it speaks. What is thrown here has the caller in its stack.
  async #settled<T>(participle: string, call: Promise<T>): Promise<T> {
    try {
      return await call;
    } catch (error) {
      if (error instanceof ConnectionClosedError) this.#connection.assertOpen();
      const which = this.name === '' ? `with uuid '${this.uuid}'` : `'${this.name}'`;
      throw withAttempt(`domain ${which} can't be ${participle} on ${redact(this.#connection.uri)}`, error);
    }
  }
}
