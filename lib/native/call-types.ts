/** What the addon's calls take, and what they answer with. */

declare const brand: unique symbol;

/** An open connection, held by the addon. */
export interface ConnectionHandle {
  readonly [brand]: 'connection';
}
/** An object of a connection, held by the addon. */
interface ObjectHandle<Kind extends string> {
  readonly [brand]: Kind;
}
export type DomainHandle = ObjectHandle<'domain'>;
export type InterfaceHandle = ObjectHandle<'interface'>;
export type NetworkHandle = ObjectHandle<'network'>;
export type NodeDeviceHandle = ObjectHandle<'node-device'>;
export type NwFilterHandle = ObjectHandle<'nw-filter'>;
export type SecretHandle = ObjectHandle<'secret'>;
export type StoragePoolHandle = ObjectHandle<'storage-pool'>;
export type StorageVolumeHandle = ObjectHandle<'storage-volume'>;
export type NwFilterBindingHandle = ObjectHandle<'nw-filter-binding'>;
export type NetworkPortHandle = ObjectHandle<'network-port'>;
export type SnapshotHandle = ObjectHandle<'snapshot'>;
export type CheckpointHandle = ObjectHandle<'checkpoint'>;
export type StreamHandle = ObjectHandle<'stream'>;
/** A file of this machine, which calls of streams read or write. */
export interface LocalFileHandle {
  readonly [brand]: 'local-file';
}
/** The handles of some objects, one after the other; {@link Addon.handleAt} makes one of them. */
export interface HandleList<H extends Handle> {
  readonly [brand]: H;
}

/** The connection or the object that a call is made on. */
export type Handle =
  | ConnectionHandle
  | DomainHandle
  | InterfaceHandle
  | NetworkHandle
  | NodeDeviceHandle
  | NwFilterHandle
  | SecretHandle
  | StoragePoolHandle
  | StorageVolumeHandle
  | NwFilterBindingHandle
  | NetworkPortHandle
  | SnapshotHandle
  | CheckpointHandle
  | StreamHandle;
/** What a call is made on. A list has at least one handle, and all handles are of one connection. */
export type Handles = Handle | readonly Handle[];

/** The name of a libvirt function in the addon's tables of calls, addon/calls/tables/. */
export type LibvirtFunction = `vir${string}`;

/**
 * An argument of a libvirt function, other than the handle. A number must be an integer; a bigint is possible where
 * libvirt's type has 64 bits. null becomes NULL. An array of typed parameters has the name, the type and the value of
 * each.
 */
export type CallArgument =
  | number
  | bigint
  | string
  | null
  | Handle
  | LocalFileHandle
  | Uint8Array
  | readonly (number | bigint | string | boolean)[];

/** An object that a call answers with. */
export interface FoundObject<H extends Handle> {
  readonly handle: H;
  /** The key that the object keeps for its life: a uuid; the name of a node device or of an interface. */
  readonly key: string;
  /** A secret has its usage id here. */
  readonly name: string;
  /** The number of a running domain, otherwise -1. A secret has the number of its usage type here. */
  readonly id: number;
}

/** The objects that a call answers with. The other arrays have one item for each object. */
export interface FoundObjects<H extends Handle> {
  /** Each has the handles of as many objects, the last one those of the rest. */
  readonly handles: readonly HandleList<H>[];
  readonly keys: readonly string[];
  readonly names: readonly string[];
  readonly ids: Int32Array;
}

/** Typed parameters, as in the payload of an event, but with each name once; lib/calls/parameters.ts reads them. */
export interface ParameterArrays {
  readonly numbers: Float64Array;
  readonly fields: readonly string[];
  readonly strings: readonly (string | null)[];
}

/** What libvirt knows about some domains: the typed parameters of each domain, one after the other. */
export type FoundStats = FoundObjects<DomainHandle> & ParameterArrays;
