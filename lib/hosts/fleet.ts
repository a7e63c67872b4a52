import { map, type Observable } from 'rxjs';
import { closeTimeoutMs, type CloseOptions } from '../connection/close-options.js';
import type * as Options from '../connection/event-options.js';
import type { DomainSnapshot } from '../domain/domain-snapshots.js';
import { fleetClosed, hostExists, noSuchHost } from '../errors/fleet-error.js';
import type {
  DomainEventMap,
  DomainEventType,
  LibvirtEvent,
  LibvirtEventMap,
} from '../events/event-types.js';
import type { QemuMonitorEvent } from '../events/named-event-types.js';
import { fleetEvents, mergeEvents } from './fleet-events.js';
import { FleetMembers } from './fleet-members.js';
import { FleetObjects, type ObjectsByHost } from './fleet-objects.js';
import { checkName } from './host-name.js';
import { readUri, type AddHostOptions, type FleetOptions, type NamedUri } from './fleet-options.js';
import { checkHostCategories, type HostEventCategory } from './host-events.js';
import type { HostMetrics } from './host-metrics.js';
import type { HostStatus } from './host-status.js';
import { Host, type HostHealth } from './host.js';
import type {
  NetworkSnapshot,
  NodeDeviceSnapshot,
  SecretSnapshot,
  StoragePoolSnapshot,
} from './object-snapshots.js';
import type { HostItem } from './host-stream.js';
import type { FromHost } from './position.js';
import type { Change } from './store.js';

/** What one host of a fleet does at the moment. */
export type FleetStatus = HostStatus & {
  /** The name of the host. */
  readonly host: string;
};

/** How one host of a fleet is doing. */
export interface FleetHostHealth extends HostHealth {
  /** The name of the host. */
  readonly host: string;
}

/** How a fleet is doing. */
export interface FleetHealth {
  /** How many of the hosts have a connection. */
  readonly connected: number;
  /** Each host, in the order in which they were added. */
  readonly hosts: readonly FleetHostHealth[];
}

/**
 * Several hypervisors that are watched together: `watchAll()` makes it. Each host connects, fails and recovers by
 * itself. No stream of a fleet ends because one of its hosts fails, ends or is removed.
 */
export class Fleet implements AsyncDisposable {
  readonly #options: FleetOptions;
  readonly #members = new FleetMembers();
  readonly #closing = new Set<Promise<void>>();
  readonly #domains = new FleetObjects(this.#members, (live) => live.domains);
  readonly #networks = new FleetObjects(this.#members, (live) => live.networks);
  readonly #storagePools = new FleetObjects(this.#members, (live) => live.storagePools);
  readonly #nodeDevices = new FleetObjects(this.#members, (live) => live.nodeDevices);
  readonly #secrets = new FleetObjects(this.#members, (live) => live.secrets);

  /** @internal */
  constructor(uris: readonly NamedUri[], options: FleetOptions) {
    if ((uris as unknown) === undefined) throw new TypeError('a Fleet is made by watchAll(), not by new');
    this.#options = options;
    const names = new Set<string>();
    for (const { name } of uris) {
      if (names.has(name)) throw hostExists(name);
      names.add(name);
    }
    for (const { name, uri } of uris) this.#members.add(new Host(uri, { ...options, name }));
  }

  /** The present hosts by name, in the order in which they were added. Each time it is another map, which stays as it is. */
  get hosts(): ReadonlyMap<string, Host> {
    return this.#members.hosts;
  }

  /**
   * Adds a host, and begins to watch it with the fleet's options. Every stream that has a subscriber gets its
   * items from now on: its events, and all its objects as soon as they are known.
   * @param uri As for `Connection.open`.
   * @throws {FleetError} when the fleet has a host of this name, or was closed.
   * @throws {TypeError} for invalid arguments and options.
   */
  add(uri: string, options: AddHostOptions = {}): Host {
    const { name } = readUri(uri, options, this.#options.allow);
    this.#throwIfClosed(name);
    if (this.#members.has(name)) throw hostExists(name);
    const host = new Host(uri, { ...this.#options, name });
    this.#members.add(host);
    return host;
  }

  /**
   * Removes a host, and closes it; see {@link Host.close}. In {@link status} it ends with `closed`. In the change
   * streams each of its objects is `'removed'`, as a synthetic change, and in the maps it is no longer there. Its
   * events end. A host that is added again under this name begins with epoch 1.
   * @param name The host's `name`.
   * @throws {FleetError} when the fleet has no host of this name, or was closed.
   * @throws {TypeError | RangeError} for invalid options, before anything is removed.
   */
  async remove(name: string, options: CloseOptions = {}): Promise<void> {
    checkName(name);
    closeTimeoutMs(options, 'remove');
    this.#throwIfClosed(name);
    const host = this.#members.remove(name);
    if (host === undefined) throw noSuchHost(name);
    const closing = host.close(options).finally(() => this.#closing.delete(closing));
    this.#closing.add(closing);
    await closing;
  }

  /**
   * What each host does at the moment, and each change of that, with the name of the host. Hot; a new subscriber gets
   * the present status of each host at once. A host that is added begins with `connecting`; the last status of a host
   * is `closed`. Never errors. Completes when the fleet is closed.
   */
  get status(): Observable<FleetStatus> {
    return this.#members.merge(({ host }) =>
      host.status.pipe(map((status) => Object.freeze({ ...status, host: host.name }))),
    );
  }

  /** How the hosts are doing right now. Asks each host, so it takes longer the more there are. */
  health(): FleetHealth {
    const hosts = [...this.hosts.values()].map((host) =>
      Object.freeze({ host: host.name, ...host.health() }),
    );
    const connected = hosts.filter(({ status }) => status.state === 'connected').length;
    return Object.freeze({ connected, hosts: Object.freeze(hosts) });
  }

  /**
   * The figures of each host right now, by the host's name, in the order in which they were added; see
   * {@link Host.metrics}. Those of the whole process are the same for each host, so don't add them up.
   */
  metrics(): ReadonlyMap<string, HostMetrics> {
    return new Map([...this.hosts].map(([name, host]) => [name, host.metrics()]));
  }

  /**
   * Events of one type of all hosts, from all their domains or from one; see {@link Host.domainEvents}. Each item has
   * the name of its host and its position there. The items of one host come in order.
   *
   * Errors only with {@link UnsupportedEventError}, when this library doesn't know the type. Completes when the fleet
   * is closed.
   * @param options.onRegistered Called once, when each host that is in the fleet now has acknowledged for the first
   *   time. A host that can't be reached delays this, unless it is removed. Hosts that are added later are not
   *   waited for. Events of hosts that were earlier may come before.
   */
  domainEvents<T extends DomainEventType>(
    type: T,
    options: Options.DomainEventOptions = {},
  ): Observable<HostItem<DomainEventMap[T]>> {
    return fleetEvents(this.#members, 'domain', type, options, (host, given) =>
      host.domainEvents(type, given),
    );
  }

  /** Events of one type of all hosts, from all their networks or one; see {@link domainEvents}. */
  networkEvents<T extends keyof LibvirtEventMap['network']>(
    type: T,
    options: Options.NetworkEventOptions = {},
  ): Observable<HostItem<LibvirtEventMap['network'][T]>> {
    return fleetEvents(this.#members, 'network', type, options, (host, given) =>
      host.networkEvents(type, given),
    );
  }

  /** Events of one type of all hosts, from all their storage pools or one; see {@link domainEvents}. */
  storagePoolEvents<T extends keyof LibvirtEventMap['storage-pool']>(
    type: T,
    options: Options.StoragePoolEventOptions = {},
  ): Observable<HostItem<LibvirtEventMap['storage-pool'][T]>> {
    return fleetEvents(this.#members, 'storage-pool', type, options, (host, given) =>
      host.storagePoolEvents(type, given),
    );
  }

  /** Events of one type of all hosts, from all their node devices or one; see {@link domainEvents}. */
  nodeDeviceEvents<T extends keyof LibvirtEventMap['node-device']>(
    type: T,
    options: Options.NodeDeviceEventOptions = {},
  ): Observable<HostItem<LibvirtEventMap['node-device'][T]>> {
    return fleetEvents(this.#members, 'node-device', type, options, (host, given) =>
      host.nodeDeviceEvents(type, given),
    );
  }

  /** Events of one type of all hosts, from all their secrets or one; see {@link domainEvents}. */
  secretEvents<T extends keyof LibvirtEventMap['secret']>(
    type: T,
    options: Options.SecretEventOptions = {},
  ): Observable<HostItem<LibvirtEventMap['secret'][T]>> {
    return fleetEvents(this.#members, 'secret', type, options, (host, given) =>
      host.secretEvents(type, given),
    );
  }

  /**
   * The events of QEMU's monitors, of all hosts; see {@link domainEvents}.
   * @throws {TypeError} unless the fleet was made with `readOnly: false`: libvirt refuses these events on a
   *   read-only connection.
   */
  qemuMonitorEvents(options: Options.QemuMonitorEventOptions = {}): Observable<HostItem<QemuMonitorEvent>> {
    if (this.#options.readOnly !== false)
      throw new TypeError('QEMU’s monitor events need watchAll(uris, { readOnly: false })');
    return fleetEvents(this.#members, 'qemu-monitor', 'event', options, (host, given) =>
      host.qemuMonitorEvents(given),
    );
  }

  /**
   * Every event that the hosts support, or those of some categories; see {@link Host.events} and
   * {@link domainEvents}.
   */
  events<C extends HostEventCategory = HostEventCategory>(
    options: Options.AllEventsOptions<C> = {},
  ): Observable<HostItem<LibvirtEvent<C>>> {
    checkHostCategories(options);
    return mergeEvents(this.#members, options, (host, given) => host.events(given));
  }

  /**
   * The domains of each host: a map by the host's name of maps by uuid, and again after each change. During a
   * migration one uuid may be on two hosts. A host whose domains aren't known yet is not in the map; one without a
   * connection stays there, with what is known. The order of the hosts has no meaning.
   *
   * Cold; see {@link Host.domains}. A new subscriber gets what is known at once, as one map. While nothing is known,
   * nothing is emitted, unless the fleet has no hosts. Each map stays as it is; it shares its parts with the next one.
   * Never errors. Completes when the fleet is closed.
   */
  get domains(): Observable<ObjectsByHost<DomainSnapshot>> {
    return this.#domains.objects;
  }

  /**
   * Each change of a domain, with the name of its host; see {@link Host.domainChanges}. A new subscriber first gets
   * what is there, as `'added'`. When a host is removed from the fleet, each of its domains is `'removed'`, as a
   * synthetic change. Ends as {@link domains} does; that is no change of a domain.
   */
  get domainChanges(): Observable<FromHost<Change<DomainSnapshot>>> {
    return this.#domains.changes;
  }

  /** The networks of each host by uuid; see {@link domains}. */
  get networks(): Observable<ObjectsByHost<NetworkSnapshot>> {
    return this.#networks.objects;
  }

  /** Each change of a network; see {@link domainChanges}. */
  get networkChanges(): Observable<FromHost<Change<NetworkSnapshot>>> {
    return this.#networks.changes;
  }

  /** The storage pools of each host by uuid; see {@link domains}. */
  get storagePools(): Observable<ObjectsByHost<StoragePoolSnapshot>> {
    return this.#storagePools.objects;
  }

  /** Each change of a storage pool; see {@link domainChanges}. */
  get storagePoolChanges(): Observable<FromHost<Change<StoragePoolSnapshot>>> {
    return this.#storagePools.changes;
  }

  /** The node devices of each host by name; see {@link domains}. */
  get nodeDevices(): Observable<ObjectsByHost<NodeDeviceSnapshot>> {
    return this.#nodeDevices.objects;
  }

  /** Each change of a node device; see {@link domainChanges}. */
  get nodeDeviceChanges(): Observable<FromHost<Change<NodeDeviceSnapshot>>> {
    return this.#nodeDevices.changes;
  }

  /** The secrets of each host by uuid; see {@link domains}. */
  get secrets(): Observable<ObjectsByHost<SecretSnapshot>> {
    return this.#secrets.objects;
  }

  /** Each change of a secret; see {@link domainChanges}. */
  get secretChanges(): Observable<FromHost<Change<SecretSnapshot>>> {
    return this.#secrets.changes;
  }

  /**
   * Closes each host, and completes all streams; see {@link Host.close}. Idempotent. Never rejects.
   * @throws {TypeError | RangeError} for invalid options, before anything is closed.
   */
  async close(options: CloseOptions = {}): Promise<void> {
    closeTimeoutMs(options);
    this.#members.end();
    await Promise.all([...this.hosts.values()].map((host) => host.close(options)));
    await Promise.all(this.#closing);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #throwIfClosed(host: string): void {
    if (this.#members.isEnded) throw fleetClosed(host);
  }
}
