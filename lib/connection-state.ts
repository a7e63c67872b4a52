import { AsyncSubject, Subject, type Observable, type Subscriber } from 'rxjs';
import { ConnectionClosedError } from './errors.js';
import type { CloseInfo, CloseReason } from './errors/close-info.js';
import { redact } from './errors/redact.js';
import { EventCounts } from './events/event-counts.js';
import type { DomainEventMap, DomainEventType } from './events/event-types.js';
import type { ConnectionHandle } from './native.js';

/** A further connection to the same host, for something that must not wait for this one. */
export interface AnotherConnection {
  readonly state: ConnectionState;
  domainEvents<T extends DomainEventType>(
    type: T,
    options: { readonly domain: { readonly uuid: string }; readonly onRegistered?: () => void },
  ): Observable<DomainEventMap[T]>;
  close(options: { readonly timeout: number }): Promise<void>;
}

type OpenAnother = (signal: AbortSignal) => Promise<AnotherConnection>;

/**
 * The state that a `Connection`, its domains and its streams share: libvirt's connection, and whether and how
 * it has ended.
 */
export class ConnectionState {
  readonly handle: ConnectionHandle;
  /** The URI as libvirt completed it, without a password. */
  readonly uri: string;
  /** How many events of each kind have been received. */
  readonly eventCounts = new EventCounts();
  readonly #losses = new Subject<number>();
  readonly #closed = new AsyncSubject<CloseInfo>();
  readonly #followers = new Set<Subscriber<never>>();
  #end: CloseReason | undefined;
  #receivedUntil: number | undefined;

  /** Opens a further connection to the same host, with the same options. */
  readonly openAnother: OpenAnother;

  constructor(handle: ConnectionHandle, uri: string, openAnother: OpenAnother) {
    this.handle = handle;
    this.uri = uri;
    this.openAnother = openAnother;
  }

  get isOpen(): boolean {
    return this.#end === undefined;
  }

  /** Emits how the connection ended, once, and completes. Late subscribers get the same. */
  get closed(): Observable<CloseInfo> {
    return this.#closed.asObservable();
  }

  /**
   * Emits how many events were lost, because there was no memory for them, between the events before and those
   * after. They can be of any kind. Completes when the connection ends.
   */
  get losses(): Observable<number> {
    return this.#losses.asObservable();
  }

  /** Call it where events were lost. */
  noteLoss(events: number): void {
    this.#losses.next(events);
  }

  /** @throws {ConnectionClosedError} when it has ended. */
  assertOpen(): void {
    if (!this.isOpen) throw this.closedError();
  }

  /**
   * Adds a subscriber that is completed or errored when the connection ends. The returned function removes
   * it.
   */
  follow(subscriber: Subscriber<never>): () => void {
    this.#followers.add(subscriber);
    return () => this.#followers.delete(subscriber);
  }

  /** Call it when this program closes the connection: completes all followers. */
  endByClose(): void {
    this.#end = 'client';
    for (const subscriber of [...this.#followers]) subscriber.complete();
    this.#announceEnd('client');
  }

  /** Of a connection that was lost; see {@link ConnectionClosedError.receivedUntil}. */
  get receivedUntil(): number | undefined {
    return this.#receivedUntil;
  }

  /** Call it when the connection is lost: errors all followers. */
  endByLoss(reason: CloseReason, receivedUntil?: number): void {
    this.#end = reason;
    this.#receivedUntil = receivedUntil;
    const error = this.closedError();
    for (const subscriber of [...this.#followers]) subscriber.error(error);
    this.#announceEnd(reason);
  }

  #announceEnd(reason: CloseReason): void {
    this.#losses.complete();
    this.#closed.next({ reason });
    this.#closed.complete();
  }

  /** The error for whoever uses the connection after its end. */
  closedError(): ConnectionClosedError {
    const reason = this.#end ?? 'error';
    const how = reason === 'client' ? 'was closed' : `was lost (${reason})`;
    const message = `the connection to ${redact(this.uri)} ${how}; open a new one`;
    return new ConnectionClosedError(reason, message, { receivedUntil: this.#receivedUntil });
  }
}
