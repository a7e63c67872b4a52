import type { Observable } from 'rxjs';
import { yesOrNo } from '../calls/answers.js';
import type { CallOptions } from '../calls/call-options.js';
import { checkMade, ObjectTarget, titleOf, type Found } from '../calls/found.js';
import { LibvirtObject } from '../calls/libvirt-object.js';
import type { ConnectionState } from '../connection-state.js';
import { storagePoolInfo, type StoragePoolInfo } from './storage-pool-info.js';
import type { LibvirtEventMap } from '../events/event-types.js';
import type { StoragePoolHandle } from '../native.js';
import type { EventsOf, ObjectEventOptions } from './events-of.js';

/**
 * A storage pool of a connection; get one from `connection.lookupStoragePoolByName`, `listStoragePools` or
 * `storagePool`.
 */
export class StoragePool extends LibvirtObject<StoragePoolHandle> {
  /** The name when this object was made. */
  readonly name: string;
  readonly uuid: string;
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
    this.#events = events;
  }

  /** Whether it is started (virStoragePoolIsActive). */
  isActive(options: CallOptions = {}): Promise<boolean> {
    return this.call('virStoragePoolIsActive', 'asked whether it is active', yesOrNo, [], options);
  }

  /** Whether its definition stays when it is stopped (virStoragePoolIsPersistent). */
  isPersistent(options: CallOptions = {}): Promise<boolean> {
    return this.call('virStoragePoolIsPersistent', 'asked whether it is persistent', yesOrNo, [], options);
  }

  /** Its state and its space (virStoragePoolGetInfo). */
  info(options: CallOptions = {}): Promise<StoragePoolInfo> {
    return this.call('virStoragePoolGetInfo', 'asked for its state and space', storagePoolInfo, [], options);
  }

  /** Only this pool's events, filtered by libvirt; see `connection.storagePoolEvents`. */
  events<T extends keyof LibvirtEventMap['storage-pool']>(
    type: T,
    options: ObjectEventOptions = {},
  ): Observable<LibvirtEventMap['storage-pool'][T]> {
    return this.#events(type, { ...options, pool: this } as ObjectEventOptions);
  }
}
