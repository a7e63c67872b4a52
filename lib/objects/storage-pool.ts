import type { Observable } from 'rxjs';
import { call, yesOrNo } from '../calls/call.js';
import { checkMade, ObjectTarget, titleOf, type Found } from '../calls/found.js';
import type { ConnectionState } from '../connection-state.js';
import { storagePoolInfo, type StoragePoolInfo } from './storage-pool-info.js';
import type { LibvirtEventMap } from '../events/event-types.js';
import type { StoragePoolHandle } from '../native.js';
import type { EventsOf, ObjectEventOptions } from './events-of.js';

/**
 * A storage pool of a connection; get one from `connection.lookupStoragePoolByName`, `listStoragePools` or
 * `storagePool`.
 */
export class StoragePool {
  /** The name when this object was made. */
  readonly name: string;
  readonly uuid: string;
  readonly #target: ObjectTarget<StoragePoolHandle>;
  readonly #events: EventsOf<'storage-pool'>;

  /** @internal */
  constructor(
    connection: ConnectionState,
    found: Found<StoragePoolHandle>,
    events: EventsOf<'storage-pool'>,
  ) {
    checkMade(found, 'a StoragePool', 'lookupStoragePoolByName() or storagePool()');
    this.name = found.name;
    this.uuid = found.key;
    this.#target = new ObjectTarget(connection, titleOf('storage pool', found), found.handle);
    this.#events = events;
  }

  /** Whether it is started (virStoragePoolIsActive). */
  isActive(): Promise<boolean> {
    return call(this.#target, 'virStoragePoolIsActive', 'asked whether it is active', yesOrNo);
  }

  /** Whether its definition stays when it is stopped (virStoragePoolIsPersistent). */
  isPersistent(): Promise<boolean> {
    return call(this.#target, 'virStoragePoolIsPersistent', 'asked whether it is persistent', yesOrNo);
  }

  /** Its state and its space (virStoragePoolGetInfo). */
  info(): Promise<StoragePoolInfo> {
    return call(this.#target, 'virStoragePoolGetInfo', 'asked for its state and space', storagePoolInfo);
  }

  /** Only this pool's events, filtered by libvirt; see `connection.storagePoolEvents`. */
  events<T extends keyof LibvirtEventMap['storage-pool']>(
    type: T,
    options: ObjectEventOptions = {},
  ): Observable<LibvirtEventMap['storage-pool'][T]> {
    return this.#events(type, { ...options, pool: this } as ObjectEventOptions);
  }
}
