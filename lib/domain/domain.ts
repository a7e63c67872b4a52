import type { Observable } from 'rxjs';
import { checkMade, ObjectTarget, titleOf, type Found } from '../calls/found.js';
import type { ConnectionState } from '../connection-state.js';
import type { DomainEventMap, DomainEventType } from '../events/event-types.js';
import type { DomainHandle } from '../native.js';
import { DomainProgress } from './progress.js';

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
export class Domain extends DomainProgress {
  /** The name when this object was made. A domain can be renamed, but its `uuid` stays the same. */
  readonly name: string;
  readonly uuid: string;
  /** Its number when this object was made; null when it wasn't running. */
  readonly id: number | null;
  readonly #events: EventsOfDomain;

  /** @internal */
  constructor(connection: ConnectionState, found: Found<DomainHandle>, events: EventsOfDomain) {
    checkMade(found, 'a Domain', 'lookupDomainByName() or domain()');
    super(new ObjectTarget(connection, titleOf('domain', found), found.handle));
    this.#events = events;
    this.name = found.name;
    this.uuid = found.key;
    this.id = found.id === -1 ? null : found.id;
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
