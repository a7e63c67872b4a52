import { takeUntil, type Observable } from 'rxjs';
import { permissions } from '../calls/uri-safety.js';
import { ConnectionState } from '../connection-state.js';
import type { CloseInfo, Loss } from '../errors/close-info.js';
import type {
  DomainEventMap,
  DomainEventType,
  EventCategory,
  EventKindName,
  LibvirtEvent,
  LibvirtEventMap,
} from '../events/event-types.js';
import type { QemuMonitorEvent } from '../events/named-event-types.js';
import { log } from '../logging.js';
import { native, type ConnectionStats } from '../native.js';
import { addBehindRoute, addLossRoute } from '../native/receivers.js';
import { AllEvents } from './all-events.js';
import { catchUp } from './catch-up.js';
import { closeConnection, withinTime } from './close-connection.js';
import { closeTimeoutMs, type CloseOptions } from './close-options.js';
import { ConnectionNwFilters } from './connection-nw-filters.js';
import type * as Options from './event-options.js';
import { EventStreams } from './event-streams.js';
import { openConnection } from './open-connection.js';
import { checkedOpenOptions, wantedUri, type OpenOptions } from './open-options.js';
import { redact } from '../errors/redact.js';

/**
 * An open connection to a hypervisor. It keeps the process alive until it is closed or lost.
 * All calls run on threads of their own, never on the JavaScript thread.
 */
export class Connection extends ConnectionNwFilters implements AsyncDisposable {
  /**
   * Opens a connection (virConnectOpen). When libvirt has no event loop yet, `RxEventImpl.shared` is
   * registered first.
   * @param uri For example `qemu:///system`. Without one, the environment variable `LIBVIRT_DEFAULT_URI`
   *   counts, otherwise libvirt's own default.
   * @throws {LibvirtError} when libvirt can't open it.
   * @throws {TimeoutError} when it isn't open after `timeout` milliseconds. A connection that is opened
   *   after that is closed again.
   * @throws {EventLoopError} code `'EALREADY'` when other code has registered an event loop first, `'EMFILE'`
   *   when no file descriptor is left for the loop.
   * @throws {TypeError | RangeError} for invalid arguments and options.
   * @throws the signal's reason, when it aborts first. A connection that is opened after that is closed
   *   again.
   */
  static async open(uri?: string, options: OpenOptions = {}): Promise<Connection> {
    const checked = checkedOpenOptions(options);
    const opened = await openConnection(wantedUri(uri, checked.allow), checked);
    const state = new ConnectionState(opened.handle, opened.uri, async (signal) => {
      // One call at once: libvirt's streams are not made for several.
      const same = { ...checked, allow: permissions, signal, callsAtOnce: 1 };
      const another = await Connection.open(opened.uriToReopen, same);
      return {
        state: another.#state,
        domainEvents: (type, filter) => another.domainEvents(type, filter),
        close: (how) => another.close(how),
      };
    });
    const connection = new Connection(state, opened.closeToken);
    log().info(`opened ${redact(opened.uri)}`);
    opened.whenLost((loss) => {
      connection.#lose(loss);
    });
    addLossRoute(opened.closeToken, (events) => {
      state.noteLoss(events);
    });
    addBehindRoute(opened.closeToken, () => {
      connection.#catchUp();
    });
    return connection;
  }

  /** The URI as libvirt completed it (virConnectGetURI), without the password if it had one. */
  readonly uri: string;

  readonly #state: ConnectionState;
  readonly #closeToken: number;
  readonly #streams: EventStreams;
  #allEvents: AllEvents | undefined;
  #closing: Promise<void> | undefined;
  #isCatchingUp = false;

  private constructor(state: ConnectionState, closeToken: number) {
    // The constructor is private in TypeScript only.
    if (!((state as unknown) instanceof ConnectionState))
      throw new TypeError('a Connection is made by Connection.open() or connect(), not by new');
    const streams = new EventStreams(state);
    super(state, streams);
    this.uri = state.uri;
    this.#state = state;
    this.#closeToken = closeToken;
    this.#streams = streams;
  }

  /** @internal What the parts of this connection share. */
  static stateOf(connection: Connection): ConnectionState {
    return connection.#state;
  }

  /** False once closed or lost. */
  get isOpen(): boolean {
    return this.#state.isOpen;
  }

  /** Emits how the connection ended, once, and completes. Late subscribers get the same. */
  get closed(): Observable<CloseInfo> {
    return this.#state.closed;
  }

  /**
   * Completes all streams, deregisters all callbacks and closes the connection. Resolves when libvirt has
   * released everything that belongs to the connection. Idempotent. Never rejects.
   *
   * When the other side does not answer for `timeout` milliseconds, the promise resolves all the same. The
   * close then continues, but the process does not wait for it. Calls that are still under way at that time,
   * or at the end of the close, reject with {@link ConnectionClosedError}.
   * @param options.timeout Milliseconds, an integer from 0 to 2^31 - 1; 5,000 unless given.
   * @throws {TypeError | RangeError} for invalid options, before anything is closed.
   */
  close(options: CloseOptions = {}): Promise<void> {
    const timeoutMs = closeTimeoutMs(options);
    if (this.isOpen) this.#state.endByClose();
    this.#closing ??= closeConnection(this.#state, this.#closeToken);
    return withinTime(timeoutMs, this.#closing, this.#closeToken);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** What is under way at the moment. */
  stats(): ConnectionStats {
    return native().connectionStats(this.#state.handle);
  }

  /**
   * Events of one type, from all domains or from one. Cold, and shared: the first subscriber registers with
   * libvirt (virConnectDomainEventRegisterAny), off the JavaScript thread. When the last subscriber
   * unsubscribes, the registration is removed. After `unsubscribe()` returns, nothing more is delivered.
   *
   * Completes when {@link close} is called. Errors with {@link ConnectionClosedError} when the connection is
   * lost or was closed before, and with {@link UnsupportedEventError} when the other side has no such events;
   * its `mayPass` is true when a daemon for them can't be reached.
   */
  domainEvents<T extends DomainEventType>(
    type: T,
    options: Options.DomainEventOptions = {},
  ): Observable<DomainEventMap[T]> {
    return this.#streams.ofDomains(type, options);
  }

  /** Events of one type, from all networks or one; see {@link domainEvents}. */
  networkEvents<T extends keyof LibvirtEventMap['network']>(
    type: T,
    options: Options.NetworkEventOptions = {},
  ): Observable<LibvirtEventMap['network'][T]> {
    return this.#streams.ofObjects('network', type, options);
  }

  /** Events of one type, from all storage pools or one; see {@link domainEvents}. */
  storagePoolEvents<T extends keyof LibvirtEventMap['storage-pool']>(
    type: T,
    options: Options.StoragePoolEventOptions = {},
  ): Observable<LibvirtEventMap['storage-pool'][T]> {
    return this.#streams.ofObjects('storage-pool', type, options);
  }

  /** Events of one type, from all node devices or one; see {@link domainEvents}. */
  nodeDeviceEvents<T extends keyof LibvirtEventMap['node-device']>(
    type: T,
    options: Options.NodeDeviceEventOptions = {},
  ): Observable<LibvirtEventMap['node-device'][T]> {
    return this.#streams.ofObjects('node-device', type, options);
  }

  /** Events of one type, from all secrets or one; see {@link domainEvents}. */
  secretEvents<T extends keyof LibvirtEventMap['secret']>(
    type: T,
    options: Options.SecretEventOptions = {},
  ): Observable<LibvirtEventMap['secret'][T]> {
    return this.#streams.ofObjects('secret', type, options);
  }

  /**
   * The events of QEMU's monitors; see {@link domainEvents}. libvirt refuses them on a read-only connection.
   * Errors with {@link UnsupportedEventError} also when the library libvirt-qemu is missing.
   */
  qemuMonitorEvents(options: Options.QemuMonitorEventOptions = {}): Observable<QemuMonitorEvent> {
    return this.#streams.ofMonitors(options);
  }

  /**
   * Every event that this connection supports, or those of some categories. Kinds that the other side refuses
   * are left out, and logged once. The last event says how the connection ended. After that the stream
   * completes, or errors with {@link ConnectionClosedError} if the connection was lost.
   */
  events<C extends EventCategory = EventCategory>(
    options: Options.AllEventsOptions<C> = {},
  ): Observable<LibvirtEvent<C>> {
    return this.#all.events(options);
  }

  /**
   * Which kinds of event this connection supports. To find out, each kind is registered for, once. A kind
   * that the other side can't give now, but may give later, is left out, and the next call tries it again.
   */
  supportedEvents(): Promise<readonly EventKindName[]> {
    return this.#all.supported();
  }

  #lose({ reason, receivedUntil }: Loss): void {
    if (!this.isOpen) return;
    log().warn(`lost ${redact(this.uri)}: ${reason}`);
    this.#state.endByLoss(reason, receivedUntil);
    // A follower may have closed the connection because of the error.
    this.#closing ??= closeConnection(this.#state, this.#closeToken);
    void withinTime(closeTimeoutMs({}), this.#closing, this.#closeToken);
  }

  #catchUp(): void {
    if (this.#isCatchingUp) return;
    this.#isCatchingUp = true;
    catchUp(() => native().catchUp(this.#state.handle))
      .pipe(takeUntil(this.closed))
      .subscribe({ complete: () => (this.#isCatchingUp = false) });
  }

  // Made on demand: there can be thousands of connections, and few want everything.
  get #all(): AllEvents {
    return (this.#allEvents ??= new AllEvents(this.#state, this.#streams));
  }
}
