import type { EventNetwork, EventNodeDevice, EventSecret, EventStoragePool } from './event-object-types.js';
import type {
  networkLifecycleEvents,
  networkMetadataTypes,
  nodeDeviceLifecycleEvents,
  secretLifecycleEvents,
  storagePoolLifecycleEvents,
} from './object-enumerations.js';

interface ObjectEventBase<C extends string, T extends string> {
  readonly category: C;
  /** Which event, by the name that virsh has for it. */
  readonly type: T;
  /** When the event reached this process: milliseconds since 1970. */
  readonly time: number;
}

interface LifecycleFields<Word extends string> {
  /** What happened; `'unknown'` when newer than this library: see `eventNumber`. */
  readonly event: Word | 'unknown';
  /** libvirt's virNetworkEventLifecycleType, virStoragePoolEventLifecycleType and so on. */
  readonly eventNumber: number;
  /** Why, by a number that libvirt has no names for: always 0 so far. */
  readonly detail: number;
}

interface NetworkEventBase<T extends string> extends ObjectEventBase<'network', T> {
  readonly network: EventNetwork;
}

/** A network was defined, started, stopped …; virConnectNetworkEventLifecycleCallback. */
export interface NetworkLifecycleEvent
  extends NetworkEventBase<'lifecycle'>, LifecycleFields<(typeof networkLifecycleEvents)[number]> {}

/** A network's metadata was changed; virConnectNetworkEventMetadataChangeCallback. */
export interface NetworkMetadataChangeEvent extends NetworkEventBase<'metadata-change'> {
  /** libvirt's argument `type`: which part; `'unknown'` when newer than this library: see `metadataTypeNumber`. */
  readonly metadataType: (typeof networkMetadataTypes)[number] | 'unknown';
  /** libvirt's virNetworkMetadataType. */
  readonly metadataTypeNumber: number;
  /** The namespace of the changed element; null unless an element was changed. */
  readonly nsuri: string | null;
}

/** The payload of each type of network event. */
export interface NetworkEventMap {
  lifecycle: NetworkLifecycleEvent;
  /** Since libvirt 9.8.0. */
  'metadata-change': NetworkMetadataChangeEvent;
}

interface StoragePoolEventBase<T extends string> extends ObjectEventBase<'storage-pool', T> {
  readonly storagePool: EventStoragePool;
}

/** A storage pool was defined, started, built …; virConnectStoragePoolEventLifecycleCallback. */
export interface StoragePoolLifecycleEvent
  extends StoragePoolEventBase<'lifecycle'>, LifecycleFields<(typeof storagePoolLifecycleEvents)[number]> {}

/** A storage pool's list of volumes was read anew; virConnectStoragePoolEventGenericCallback. */
export type StoragePoolRefreshEvent = StoragePoolEventBase<'refresh'>;

/** The payload of each type of storage pool event. */
export interface StoragePoolEventMap {
  lifecycle: StoragePoolLifecycleEvent;
  refresh: StoragePoolRefreshEvent;
}

interface NodeDeviceEventBase<T extends string> extends ObjectEventBase<'node-device', T> {
  readonly nodeDevice: EventNodeDevice;
}

/** A device of the host came or went; virConnectNodeDeviceEventLifecycleCallback. */
export interface NodeDeviceLifecycleEvent
  extends NodeDeviceEventBase<'lifecycle'>, LifecycleFields<(typeof nodeDeviceLifecycleEvents)[number]> {}

/** A device of the host changed; virConnectNodeDeviceEventGenericCallback. */
export type NodeDeviceUpdateEvent = NodeDeviceEventBase<'update'>;

/** The payload of each type of node device event. */
export interface NodeDeviceEventMap {
  lifecycle: NodeDeviceLifecycleEvent;
  update: NodeDeviceUpdateEvent;
}

interface SecretEventBase<T extends string> extends ObjectEventBase<'secret', T> {
  readonly secret: EventSecret;
}

/** A secret was defined or undefined; virConnectSecretEventLifecycleCallback. */
export interface SecretLifecycleEvent
  extends SecretEventBase<'lifecycle'>, LifecycleFields<(typeof secretLifecycleEvents)[number]> {}

/** A secret got another value, which the event doesn't tell; virConnectSecretEventGenericCallback. */
export type SecretValueChangedEvent = SecretEventBase<'value-changed'>;

/** The payload of each type of secret event. */
export interface SecretEventMap {
  lifecycle: SecretLifecycleEvent;
  'value-changed': SecretValueChangedEvent;
}
