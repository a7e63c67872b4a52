import type { Observable } from 'rxjs';
import { call, nothing, yesOrNo } from '../calls/call.js';
import { checkMade, ObjectTarget, titleOf, type Found } from '../calls/found.js';
import type { ConnectionState } from '../connection-state.js';
import type { DomainEventMap, DomainEventType } from '../events/event-types.js';
import type { DomainHandle } from '../native.js';
import { domainState, type DomainState } from './domain-state.js';

/** The events of one domain, as its connection streams them. */
export type EventsOfDomain = <T extends DomainEventType>(
  type: T,
  options: { readonly domain: Domain; readonly onRegistered?: () => void },
) => Observable<DomainEventMap[T]>;

/**
 * A domain of a connection; get one from `connection.lookupDomainByName` or `connection.domain`. Its methods
 * call libvirt on threads of their own, so they never block JavaScript. All of them reject with a
 * {@link LibvirtError} when libvirt fails, and with a {@link ConnectionClosedError} when the connection is
 * closed.
 */
export class Domain {
  /** The name when this object was made. A domain can be renamed, but its `uuid` stays the same. */
  readonly name: string;
  readonly uuid: string;
  /** Its number when this object was made; null when it wasn't running. */
  readonly id: number | null;
  readonly #target: ObjectTarget<DomainHandle>;
  readonly #events: EventsOfDomain;

  /** @internal */
  constructor(connection: ConnectionState, found: Found<DomainHandle>, events: EventsOfDomain) {
    checkMade(found, 'a Domain', 'lookupDomainByName() or domain()');
    this.#events = events;
    this.name = found.name;
    this.uuid = found.key;
    this.id = found.id === -1 ? null : found.id;
    this.#target = new ObjectTarget(connection, titleOf('domain', found), found.handle);
  }

  /** @internal The addon's handle of `domain`; undefined when it belongs to another connection. */
  static handleOf(domain: Domain, connection: ConnectionState): DomainHandle | undefined {
    return domain.#target.connection === connection ? domain.#target.handle : undefined;
  }

  /** Its present state (virDomainGetState). */
  state(): Promise<DomainState> {
    return call(this.#target, 'virDomainGetState', 'asked for its state', domainState, 0);
  }

  /** Whether it runs (virDomainIsActive). */
  isActive(): Promise<boolean> {
    return call(this.#target, 'virDomainIsActive', 'asked whether it is active', yesOrNo);
  }

  /** Whether its definition stays when it stops (virDomainIsPersistent). */
  isPersistent(): Promise<boolean> {
    return call(this.#target, 'virDomainIsPersistent', 'asked whether it is persistent', yesOrNo);
  }

  /** Starts a defined domain (virDomainCreate). */
  create(): Promise<void> {
    return call(this.#target, 'virDomainCreate', 'started', nothing);
  }

  /** Pauses it; it keeps its memory (virDomainSuspend). */
  suspend(): Promise<void> {
    return call(this.#target, 'virDomainSuspend', 'suspended', nothing);
  }

  /** Continues it after {@link suspend} (virDomainResume). */
  resume(): Promise<void> {
    return call(this.#target, 'virDomainResume', 'resumed', nothing);
  }

  /** Ends it at once, as if its power were cut (virDomainDestroy). */
  destroy(): Promise<void> {
    return call(this.#target, 'virDomainDestroy', 'destroyed', nothing);
  }

  /**
   * Only this domain's events, filtered by libvirt; see `connection.domainEvents`.
   * @param options.onRegistered Called when libvirt has acknowledged the registration.
   */
  events<T extends DomainEventType>(
    type: T,
    options: { readonly onRegistered?: () => void } = {},
  ): Observable<DomainEventMap[T]> {
    return this.#events(type, { ...options, domain: this });
  }
}
