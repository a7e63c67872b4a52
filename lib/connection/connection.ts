import { AsyncSubject, type Observable, type Subscriber } from 'rxjs';
import { closeReason, type CloseInfo, type CloseReason } from '../errors/close-info.js';
import { Domain, type DomainHost } from '../domain/domain.js';
import { ConnectionClosedError } from '../errors.js';
import { ensureRegistered, registrationSettled } from '../event/registration.js';
import { domainEventKinds, type DomainEventMap, type DomainEventType } from '../events/domain-events.js';
import type { EventKind } from '../events/event-kind.js';
import { addRoute, eventAddon, removeRoute } from '../events/event-routes.js';
import { EventSource, type EventSourceHost } from '../events/event-source.js';
import { log } from '../logging.js';
import { LookupBy, type ConnectionHandle } from '../native.js';
import { checkOpenOptions, keepAliveDefaults, type OpenOptions } from './open-options.js';
import { redact } from './redact.js';

/** Which events, and when they begin. */
export interface DomainEventOptions {
  /** Only this domain's, filtered by libvirt; an event's `domain` will do. */
  readonly domain?: Domain | { readonly uuid: string };
  /** Called when libvirt has acknowledged: whatever happens from then on is emitted. */
  readonly onRegistered?: () => void;
}

/**
 * An open connection to a hypervisor. It keeps the process alive until it is closed or lost.
 * All calls run on threads of their own, never on the JavaScript thread.
 */
export class Connection implements AsyncDisposable, DomainHost, EventSourceHost {
  /**
   * Opens a connection (virConnectOpen). When libvirt has no event loop yet, `RxEventImpl.shared` is
   * registered first.
   * @param uri For example `qemu:///system`; without one, `LIBVIRT_DEFAULT_URI`, else libvirt's own choice.
   * @throws {LibvirtError} when libvirt can't open it.
   * @throws {EventLoopError} code `'EALREADY'` when other code has registered an event loop before.
   * @throws {TypeError | RangeError} for options that are no such values.
   * @throws the signal's reason, when it aborts first; what is opened after that is closed again.
   */
  static async open(uri?: string, options: OpenOptions = {}): Promise<Connection> {
    checkOpenOptions(uri, options);
    const { readOnly = false, keepAlive, signal } = options;
    signal?.throwIfAborted();
    ensureRegistered();
    const addon = eventAddon();
    let lostBeforeOpen: CloseReason | undefined;
    let onLost = (reason: CloseReason): void => void (lostBeforeOpen = reason);
    const closeToken = addRoute((payload) => {
      onLost(closeReason(payload.number()));
    });
    const opening = addon.openConnection(
      uri ?? null,
      readOnly,
      closeToken,
      keepAlive?.interval ?? null,
      keepAlive?.count ?? keepAliveDefaults.count,
    );
    opening.catch(() => {
      removeRoute(closeToken);
    });
    const opened = await abortable(opening, signal, (late) => {
      removeRoute(closeToken);
      return addon.closeConnection(late.handle);
    });
    const connection = new Connection(opened.handle, opened.uri, closeToken);
    onLost = (reason) => {
      connection.#lose(reason);
    };
    log().info(`opened ${redact(opened.uri)}`);
    if (lostBeforeOpen !== undefined) connection.#lose(lostBeforeOpen);
    return connection;
  }

  /** The URI as libvirt completed it (virConnectGetURI). */
  readonly uri: string;
  /** @internal */
  readonly handle: ConnectionHandle;

  readonly #closeToken: number;
  readonly #closed = new AsyncSubject<CloseInfo>();
  readonly #sources = new Map<string, EventSource<unknown>>();
  readonly #followers = new Set<Subscriber<never>>();
  #end: CloseReason | undefined;
  #closing: Promise<void> | undefined;

  private constructor(handle: ConnectionHandle, uri: string, closeToken: number) {
    this.handle = handle;
    this.uri = uri;
    this.#closeToken = closeToken;
  }

  /** False once closed or lost. */
  get isOpen(): boolean {
    return this.#end === undefined;
  }

  /** Emits how the connection ended, once, and completes; replayed to late subscribers. */
  get closed(): Observable<CloseInfo> {
    return this.#closed.asObservable();
  }

  /**
   * Completes all streams, deregisters all callbacks, closes the connection and resolves when libvirt has
   * let go of everything of it. Any number of calls are one; it never rejects.
   */
  close(): Promise<void> {
    if (this.#end === undefined) {
      this.#end = 'client';
      for (const subscriber of [...this.#followers]) subscriber.complete();
      this.#announceEnd('client');
    }
    return (this.#closing ??= this.#release());
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /**
   * Events of one type, from all domains or one. Cold to each subscriber, and shared underneath: the first
   * one registers with libvirt (virConnectDomainEventRegisterAny), off the JavaScript thread, and the last
   * one deregisters. After `unsubscribe()` returns nothing more is delivered.
   *
   * Completes when {@link close} is called. Errors with {@link ConnectionClosedError} when the connection is
   * lost or was closed before, and with {@link UnsupportedEventError} when the other side has no such events.
   */
  domainEvents<T extends DomainEventType>(
    type: T,
    options: DomainEventOptions = {},
  ): Observable<DomainEventMap[T]> {
    const { domain, onRegistered } = options;
    const source = this.#source<DomainEventMap[T]>(domainEventKinds[type], domain);
    return onRegistered === undefined ? source.events : source.withAcknowledgement(onRegistered);
  }

  /** @throws {LibvirtError} code `'VIR_ERR_NO_DOMAIN'` when there is none of that name (virDomainLookupByName). */
  lookupDomainByName(name: string): Promise<Domain> {
    return this.#lookup(LookupBy.name, name);
  }

  /** The domain with this uuid, without asking libvirt: its first call does. */
  domain(identity: { readonly uuid: string; readonly name?: string; readonly id?: number | null }): Domain {
    this.assertOpen();
    const { uuid, name = '', id = null } = identity;
    return new Domain(this, eventAddon().referToDomain(this.handle, uuid), { uuid, name, id });
  }

  /** @internal */
  assertOpen(): void {
    if (this.#end !== undefined) throw this.#closedError();
  }

  /** @internal */
  follow(subscriber: Subscriber<never>): () => void {
    if (this.#end !== undefined) subscriber.error(this.#closedError());
    this.#followers.add(subscriber);
    return () => this.#followers.delete(subscriber);
  }

  async #lookup(by: LookupBy, value: string): Promise<Domain> {
    this.assertOpen();
    const found = await eventAddon().lookupDomain(this.handle, by, value);
    return new Domain(this, found.handle, {
      name: found.name,
      uuid: found.uuid,
      id: found.id === -1 ? null : found.id,
    });
  }

  #source<Event>(kind: EventKind<Event>, domain: DomainEventOptions['domain']): EventSource<Event> {
    const key = `${kind.family}:${kind.id}:${domain?.uuid ?? ''}`;
    const known = this.#sources.get(key);
    // The key holds the kind, so what is found emits the kind's events.
    if (known !== undefined) return known as EventSource<Event>;
    const object =
      domain === undefined ? null : Domain.handleOf(domain instanceof Domain ? domain : this.domain(domain));
    const source = new EventSource<Event>(this, kind, object);
    this.#sources.set(key, source);
    return source;
  }

  #lose(reason: CloseReason): void {
    if (this.#end !== undefined) return;
    this.#end = reason;
    log().warn(`lost ${redact(this.uri)}: ${reason}`);
    const error = this.#closedError();
    for (const subscriber of [...this.#followers]) subscriber.error(error);
    this.#announceEnd(reason);
    void (this.#closing = this.#release());
  }

  #announceEnd(reason: CloseReason): void {
    this.#closed.next({ reason });
    this.#closed.complete();
  }

  async #release(): Promise<void> {
    removeRoute(this.#closeToken);
    const references = await eventAddon().closeConnection(this.handle);
    if (references > 0) log().debug(`${references} calls under way still hold ${redact(this.uri)}`);
    // Removals that libvirt made on the way are still to be freed by the loop.
    await registrationSettled();
    log().info(`closed ${redact(this.uri)}`);
  }

  #closedError(): ConnectionClosedError {
    const reason = this.#end ?? 'error';
    const how = reason === 'client' ? 'was closed' : `was lost (${reason})`;
    return new ConnectionClosedError(reason, `the connection to ${redact(this.uri)} ${how}; open a new one`);
  }
}

async function abortable<T>(
  task: Promise<T>,
  signal: AbortSignal | undefined,
  discard: (late: T) => Promise<unknown>,
): Promise<T> {
  if (signal === undefined) return task;
  let onAbort: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => {
      task.then(discard).catch(() => undefined);
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([task, aborted]);
  } finally {
    if (onAbort !== undefined) signal.removeEventListener('abort', onAbort);
  }
}
