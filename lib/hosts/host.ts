import { map, type Observable } from 'rxjs';
import { openOnSubscribe } from '../connection/connect.js';
import { closeTimeoutMs, type CloseOptions } from '../connection/close-options.js';
import type { Connection } from '../connection/connection.js';
import type * as Options from '../connection/event-options.js';
import { keepAliveDefaults, wantedUri } from '../connection/open-options.js';
import type { DomainSnapshot } from '../domain/domain-snapshots.js';
import type {
  DomainEventMap,
  DomainEventType,
  LibvirtEvent,
  LibvirtEventMap,
} from '../events/event-types.js';
import type { QemuMonitorEvent } from '../events/named-event-types.js';
import { assertUsable } from '../loop/registration.js';
import { CallConnection } from './call-connection.js';
import type { ConnectorRig } from './connector.js';
import { Delays } from './delays.js';
import { HostEvents, type HostEventCategory } from './host-events.js';
import type { HostItem } from './host-stream.js';
import { nameByUri } from './host-name.js';
import { metricsOf, type HostMetrics } from './host-metrics.js';
import { HostRecord } from './host-record.js';
import type { HostStatus } from './host-status.js';
import type { HostTrouble } from './host-trouble.js';
import { KeptConnection } from './kept-connection.js';
import { HostLiveState } from './host-live-state.js';
import type {
  NetworkSnapshot,
  NodeDeviceSnapshot,
  SecretSnapshot,
  StoragePoolSnapshot,
} from './object-snapshots.js';
import { Places, type FromHost } from './position.js';
import type { Change } from './store.js';
import { Troubles } from './troubles.js';
import { waitForConnection, type WaitForConnectionOptions } from './wait-for-connection.js';
import { openOptionsOf, type WatchOptions } from './watch-options.js';

/** How a host is doing. */
export interface HostHealth {
  readonly status: HostStatus;
  /** What can't be had at the moment, although there is a connection. */
  readonly troubles: readonly HostTrouble[];
}

/**
 * A hypervisor that is watched: `watch()` makes one. It keeps a connection, and opens it again after a loss.
 * It keeps the process alive until it is closed.
 */
export class Host implements AsyncDisposable {
  /** The name that its items and the log have for it. */
  readonly name: string;
  readonly #watched: KeptConnection;
  readonly #forCalls: CallConnection;
  readonly #isReadOnly: boolean | undefined;
  readonly #events: HostEvents;
  readonly #live: HostLiveState;
  readonly #troubles: Troubles;
  readonly #record: HostRecord;
  #status: HostStatus = { state: 'connecting', attempt: 1 };

  /** @internal */
  constructor(uri: string | undefined, options: WatchOptions) {
    if ((options as WatchOptions | undefined) === undefined)
      throw new TypeError('a Host is made by watch() or watchAll(), not by new');
    assertUsable();
    this.name = options.name ?? nameByUri(uri);
    // Taken once: the environment may change, but not the host.
    const wanted = wantedUri(uri, options.allow);
    this.#isReadOnly = options.readOnly;
    this.#troubles = new Troubles(this.name);
    const { reconnect = {}, keepAlive = keepAliveDefaults } = options;
    const delays = new Delays(reconnect === false ? {} : reconnect);
    const rigOf = (readOnly: boolean): ConnectorRig<Connection> => ({
      open: openOnSubscribe(wanted, { ...openOptionsOf(options), readOnly }, ''),
      delays: reconnect === false ? undefined : delays,
      // Keepalive notices a silence only when this many requests are unanswered.
      noticedAfterMs: (reason) =>
        reason === 'keepalive' && keepAlive !== false ? keepAlive.interval * (keepAlive.count + 1) * 1000 : 0,
    });
    this.#watched = new KeptConnection(rigOf(options.readOnly ?? true));
    this.#forCalls = new CallConnection(
      this.#watched,
      this.#troubles.reporter('connections for calls'),
      options.readOnly === undefined ? () => new KeptConnection(rigOf(false)) : undefined,
    );
    this.status.subscribe((status) => {
      this.#status = status;
      if (status.state === 'lost') this.#troubles.clear();
    });
    const record = (this.#record = new HostRecord(this.name, this.#watched.steps));
    const rig = {
      steps: this.#watched.steps,
      places: new Places(this.name),
      delays,
      troubles: this.#troubles,
      onUnregistered: () => record.noteUnregistered(),
    };
    this.#events = new HostEvents(rig);
    this.#live = new HostLiveState(rig, options.resync);
  }

  /** @internal Its live state, for a fleet. */
  static liveStateOf(host: Host): HostLiveState {
    return host.#live;
  }

  /**
   * What the host does at the moment, and each change of that. Hot; a new subscriber gets the present status
   * at once. Never errors. Completes after `closed`.
   */
  get status(): Observable<HostStatus> {
    return this.#watched.steps.pipe(map(({ status }) => status));
  }

  /** How it is doing right now. */
  health(): HostHealth {
    return Object.freeze({ status: this.#status, troubles: this.#troubles.list() });
  }

  /** Its figures right now, as a frozen object. The first call in a process begins to measure the loop's lag. */
  metrics(): HostMetrics {
    const connections = [this.#watched.connection, this.#forCalls.further];
    return metricsOf(this.#record, connections, this.#troubles.list().length);
  }

  /**
   * Resolves with a connection for calls, as soon as there is one. If the host was made without the option
   * `readOnly`, this is a further connection that allows changes. It is opened for the first call of this
   * method, and kept like the first one, until the host ends. Don't close it: the host would open it again.
   * @param options.timeout Milliseconds after which the promise rejects; no limit unless given.
   * @throws {WaitTimeoutError} when it takes longer than `timeout`. Its `cause` says why the last attempt
   *   failed.
   * @throws {ConnectionClosedError} when the host is closed. Its `cause` says why the last attempt failed, if one
   *   has.
   * @throws the error of a host that has ended, with `reconnect: false`: that of its only attempt, or of its loss. While
   *   such a host is connected, each call of this method without a connection for calls makes one attempt.
   * @throws the signal's reason, when it aborts first.
   * @throws {TypeError | RangeError} for invalid options.
   */
  async connection(options: WaitForConnectionOptions = {}): Promise<Connection> {
    return waitForConnection(() => this.#forCalls.steps(), this.name, options);
  }

  /**
   * Events of one type, from all domains or from one, from one connection after the other. Cold, and shared;
   * see `Connection.domainEvents`. A loss of the connection does not end the stream. It is an item,
   * `{ type: 'gap' }`, which comes when the events are received again. Where this process had no memory for
   * events, the item `{ type: 'overflow' }` has the number that was lost, of whatever kind they were. Each item
   * has the host's name and its position.
   *
   * Errors only with {@link UnsupportedEventError}, when this library doesn't know the type. When the host
   * refuses the events, they are asked for again and again, and {@link health} says why. Completes when the
   * host is closed.
   * @param options.onRegistered Called when a connection has acknowledged for the first time.
   */
  domainEvents<T extends DomainEventType>(
    type: T,
    options: Options.DomainEventOptions = {},
  ): Observable<HostItem<DomainEventMap[T]>> {
    return this.#events.ofType('domain', type, options, (connection, given) =>
      connection.domainEvents(type, given),
    );
  }

  /** Events of one type, from all networks or one; see {@link domainEvents}. */
  networkEvents<T extends keyof LibvirtEventMap['network']>(
    type: T,
    options: Options.NetworkEventOptions = {},
  ): Observable<HostItem<LibvirtEventMap['network'][T]>> {
    return this.#events.ofType('network', type, options, (connection, given) =>
      connection.networkEvents(type, given),
    );
  }

  /** Events of one type, from all storage pools or one; see {@link domainEvents}. */
  storagePoolEvents<T extends keyof LibvirtEventMap['storage-pool']>(
    type: T,
    options: Options.StoragePoolEventOptions = {},
  ): Observable<HostItem<LibvirtEventMap['storage-pool'][T]>> {
    return this.#events.ofType('storage-pool', type, options, (connection, given) =>
      connection.storagePoolEvents(type, given),
    );
  }

  /** Events of one type, from all node devices or one; see {@link domainEvents}. */
  nodeDeviceEvents<T extends keyof LibvirtEventMap['node-device']>(
    type: T,
    options: Options.NodeDeviceEventOptions = {},
  ): Observable<HostItem<LibvirtEventMap['node-device'][T]>> {
    return this.#events.ofType('node-device', type, options, (connection, given) =>
      connection.nodeDeviceEvents(type, given),
    );
  }

  /** Events of one type, from all secrets or one; see {@link domainEvents}. */
  secretEvents<T extends keyof LibvirtEventMap['secret']>(
    type: T,
    options: Options.SecretEventOptions = {},
  ): Observable<HostItem<LibvirtEventMap['secret'][T]>> {
    return this.#events.ofType('secret', type, options, (connection, given) =>
      connection.secretEvents(type, given),
    );
  }

  /**
   * The events of QEMU's monitors; see {@link domainEvents}.
   * @throws {TypeError} unless the host was made with `readOnly: false`: libvirt refuses these events on a
   *   read-only connection.
   */
  qemuMonitorEvents(options: Options.QemuMonitorEventOptions = {}): Observable<HostItem<QemuMonitorEvent>> {
    if (this.#isReadOnly !== false)
      throw new TypeError('QEMU’s monitor events need watch(uri, { readOnly: false })');
    return this.#events.ofType('qemu-monitor', 'event', options, (connection, given) =>
      connection.qemuMonitorEvents(given),
    );
  }

  /**
   * Every event that the host supports, or those of some categories, with one gap for each loss. Kinds that
   * the host refuses are left out. The end of a connection is not among them: see {@link status}.
   */
  events<C extends HostEventCategory = HostEventCategory>(
    options: Options.AllEventsOptions<C> = {},
  ): Observable<HostItem<LibvirtEvent<C>>> {
    return this.#events.ofCategories(options);
  }

  /**
   * All domains by uuid, and again after each change. Cold, and shared: registers and lists for the first
   * subscriber of this and {@link domainChanges}, and stops when the last one has left. A new subscriber gets
   * the present ones at once, if they are known. While there is no connection, nothing is emitted, and what is
   * known stays. Each map stays as it is; it shares its parts with the next one, so keeping it costs little.
   * Never errors. Completes when the host is closed.
   */
  get domains(): Observable<ReadonlyMap<string, DomainSnapshot>> {
    return this.#live.domains.objects;
  }

  /**
   * Each change of a domain. A new subscriber first gets what is there, as `'added'`. `synthetic` is true for
   * what a listing has found, and no event has reported: at the beginning, after a gap, and by `resync`. Ends
   * as {@link domains} does.
   */
  get domainChanges(): Observable<FromHost<Change<DomainSnapshot>>> {
    return this.#live.domains.changes;
  }

  /** All networks by uuid; see {@link domains}. */
  get networks(): Observable<ReadonlyMap<string, NetworkSnapshot>> {
    return this.#live.networks.objects;
  }

  /** Each change of a network; see {@link domainChanges}. */
  get networkChanges(): Observable<FromHost<Change<NetworkSnapshot>>> {
    return this.#live.networks.changes;
  }

  /** All storage pools by uuid; see {@link domains}. */
  get storagePools(): Observable<ReadonlyMap<string, StoragePoolSnapshot>> {
    return this.#live.storagePools.objects;
  }

  /** Each change of a storage pool; see {@link domainChanges}. */
  get storagePoolChanges(): Observable<FromHost<Change<StoragePoolSnapshot>>> {
    return this.#live.storagePools.changes;
  }

  /** All node devices by name; see {@link domains}. */
  get nodeDevices(): Observable<ReadonlyMap<string, NodeDeviceSnapshot>> {
    return this.#live.nodeDevices.objects;
  }

  /** Each change of a node device; see {@link domainChanges}. */
  get nodeDeviceChanges(): Observable<FromHost<Change<NodeDeviceSnapshot>>> {
    return this.#live.nodeDevices.changes;
  }

  /** All secrets by uuid; see {@link domains}. */
  get secrets(): Observable<ReadonlyMap<string, SecretSnapshot>> {
    return this.#live.secrets.objects;
  }

  /** Each change of a secret; see {@link domainChanges}. */
  get secretChanges(): Observable<FromHost<Change<SecretSnapshot>>> {
    return this.#live.secrets.changes;
  }

  /**
   * Completes all streams, stops trying, and closes the connections; see `Connection.close`. Idempotent. Never
   * rejects.
   * @throws {TypeError | RangeError} for invalid options, before anything is closed.
   */
  async close(options: CloseOptions = {}): Promise<void> {
    closeTimeoutMs(options);
    await Promise.all([this.#forCalls.close(options), this.#watched.close(options)]);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
