import type { Observable } from 'rxjs';
import { asIs } from '../calls/answers.js';
import type { CallOptions } from '../calls/call-options.js';
import { noFlags, type Flags } from '../calls/flags.js';
import { checkMade, foundObject, madeOf, ObjectTarget, titleOf, type Found } from '../calls/found.js';
import { text } from '../calls/values.js';
import type { ConnectionState } from '../connection-state.js';
import type { LibvirtEventMap } from '../events/event-types.js';
import type { FoundObject, FoundObjects, StoragePoolHandle, StorageVolumeHandle } from '../native.js';
import type { EventsOf, ObjectEventOptions } from './events-of.js';
import { StoragePoolLifecycle } from './storage-pool-lifecycle.js';
import { StorageVolumeStreams } from './storage-volume-streams.js';
import { volumeCreateFlags, type NewVolumeOptions } from './storage-volume-options.js';

/** How to create a storage volume. */
export interface CreateVolumeOptions extends NewVolumeOptions {
  /** The volume whose data the new one gets. It may be in another pool of the same connection. */
  readonly from?: StorageVolume;
}

/** The flags, and what goes into an argument. */
const createFlags: Flags<CreateVolumeOptions> = { ...volumeCreateFlags, from: null };

/**
 * A volume of a storage pool, such as the disk of a domain; get one from `pool.lookupVolumeByName`, `pool.listVolumes`
 * or `connection.lookupStorageVolumeByPath`.
 */
export class StorageVolume extends StorageVolumeStreams {
  /** The name in its pool. */
  readonly name: string;
  /** What no other volume has, on any host. It is often the path. */
  readonly key: string;
  readonly #pool: (found: Found<StoragePoolHandle>) => StoragePool;

  /** @internal */
  constructor(
    connection: ConnectionState,
    found: Found<StorageVolumeHandle>,
    pool: (found: Found<StoragePoolHandle>) => StoragePool,
  ) {
    checkMade(found, 'a StorageVolume', 'lookupStorageVolumeByPath()');
    super(new ObjectTarget(connection, `storage volume '${found.name}'`, found.handle));
    this.name = found.name;
    this.key = found.key;
    this.#pool = pool;
  }

  /** The pool that it is in (virStoragePoolLookupByVolume). */
  async pool(options: CallOptions = {}): Promise<StoragePool> {
    const read = (found: FoundObject<StoragePoolHandle>) => this.#pool(foundObject(found));
    return this.call('virStoragePoolLookupByVolume', 'asked for its pool', read, [], options);
  }
}

/**
 * A storage pool of a connection; get one from `connection.lookupStoragePoolByName`, `listStoragePools` or
 * `storagePool`.
 */
export class StoragePool extends StoragePoolLifecycle {
  /** The name when this object was made. */
  readonly name: string;
  readonly uuid: string;
  readonly #connection: ConnectionState;
  readonly #events: EventsOf<'storage-pool'>;

  /** @internal */
  constructor(
    connection: ConnectionState,
    found: Found<StoragePoolHandle>,
    events: EventsOf<'storage-pool'>,
  ) {
    checkMade(found, 'a StoragePool', 'lookupStoragePoolByName() or storagePool()');
    super(new ObjectTarget(connection, titleOf('storage pool', found), found.handle));
    this.name = found.name;
    this.uuid = found.key;
    this.#connection = connection;
    this.#events = events;
  }

  /** Its volumes (virStoragePoolListAllVolumes). The pool has to be started. */
  async listVolumes(options: CallOptions = {}): Promise<StorageVolume[]> {
    const read = asIs<FoundObjects<StorageVolumeHandle>>;
    const participle = 'asked for its volumes';
    return madeOf(
      await this.call('virStoragePoolListAllVolumes', participle, read, [], options, noFlags),
      (found) => this.#volume(found),
    );
  }

  /** Its volume of this name (virStorageVolLookupByName). */
  async lookupVolumeByName(name: string, options: CallOptions = {}): Promise<StorageVolume> {
    const args = [text('name', name)];
    const participle = `searched for volume '${name}'`;
    return this.call('virStorageVolLookupByName', participle, this.#readVolume, args, options);
  }

  /**
   * Creates a volume (virStorageVolCreateXML; virStorageVolCreateXMLFrom with `from`). The pool has to be started.
   * @param xml libvirt's description of the volume.
   */
  async createVolume(xml: string, options: CreateVolumeOptions = {}): Promise<StorageVolume> {
    const args = [text('xml', xml)];
    const { from } = options;
    const participle = 'given a volume';
    if (from === undefined)
      return this.call('virStorageVolCreateXML', participle, this.#readVolume, args, options, createFlags);
    const handle = this.#handleOf(from);
    return this.call(
      'virStorageVolCreateXMLFrom',
      participle,
      this.#readVolume,
      [...args, handle],
      options,
      createFlags,
    );
  }

  /** Only this pool's events, filtered by libvirt; see `connection.storagePoolEvents`. */
  events<T extends keyof LibvirtEventMap['storage-pool']>(
    type: T,
    options: ObjectEventOptions = {},
  ): Observable<LibvirtEventMap['storage-pool'][T]> {
    return this.#events(type, { ...options, pool: this } as ObjectEventOptions);
  }

  #handleOf(from: StorageVolume): StorageVolumeHandle {
    const handle =
      (from as unknown) instanceof StorageVolume ? StorageVolume.handleOf(from, this.#connection) : undefined;
    if (handle === undefined) throw new TypeError('from must be a StorageVolume of the same connection');
    return handle;
  }

  #volume(found: Found<StorageVolumeHandle>): StorageVolume {
    return new StorageVolume(
      this.#connection,
      found,
      (pool) => new StoragePool(this.#connection, pool, this.#events),
    );
  }

  readonly #readVolume = (found: FoundObject<StorageVolumeHandle>) => this.#volume(foundObject(found));
}
