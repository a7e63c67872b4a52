import { asIs } from '../calls/answers.js';
import type { CallOptions } from '../calls/call-options.js';
import { noFlags, type Flags } from '../calls/flags.js';
import type { Found } from '../calls/found.js';
import type { ValidateOptions } from '../calls/validate-options.js';
import { oneOf, optionalText, text } from '../calls/values.js';
import type { EventStoragePool } from '../events/event-object-types.js';
import { checkFilter } from '../events/filter.js';
import { native, type StoragePoolHandle, type StorageVolumeHandle } from '../native.js';
import { poolCreateFlags, type CreateStoragePoolOptions } from '../objects/storage-pool-options.js';
import { StoragePool, StorageVolume } from '../objects/storage-pool.js';
import { ConnectionNetworks } from './connection-networks.js';
import {
  storagePoolFilters,
  storagePoolTypes,
  type ListStoragePoolsOptions,
  type StoragePoolType,
} from './list-options.js';

/** Where to look for sources of storage pools. */
export interface FindStoragePoolSourcesOptions extends CallOptions {
  /** libvirt's description of the source, in XML: the host to ask, for example. */
  readonly sourceSpec?: string;
}

/** libvirt's virStoragePoolDefineFlags. */
const defineFlags: Flags<ValidateOptions> = { validate: 1 << 0 };

/** No flags: the option goes into an argument. */
const findSourcesFlags: Flags<FindStoragePoolSourcesOptions> = { sourceSpec: null };

/** How a connection finds, lists and makes its storage pools, and finds their volumes. */
export abstract class ConnectionStorage extends ConnectionNetworks {
  /** The storage pool of this name (virStoragePoolLookupByName). */
  async lookupStoragePoolByName(name: string, options: CallOptions = {}): Promise<StoragePool> {
    const args = [text('name', name)];
    return this.lookUp('virStoragePoolLookupByName', `storage pool '${name}'`, this.#pool, args, options);
  }

  /** The storage pool with this uuid (virStoragePoolLookupByUUIDString). */
  async lookupStoragePoolByUuid(uuid: string, options: CallOptions = {}): Promise<StoragePool> {
    const args = [text('uuid', uuid)];
    const title = `storage pool with uuid '${uuid}'`;
    return this.lookUp('virStoragePoolLookupByUUIDString', title, this.#pool, args, options);
  }

  /**
   * The storage pool whose volumes are in this folder of the host (virStoragePoolLookupByTargetPath). One of them if
   * there are several.
   */
  async lookupStoragePoolByTargetPath(path: string, options: CallOptions = {}): Promise<StoragePool> {
    const args = [text('path', path)];
    const title = `storage pool in '${path}'`;
    return this.lookUp('virStoragePoolLookupByTargetPath', title, this.#pool, args, options);
  }

  /** The volume with this key, which no other volume has, on any host (virStorageVolLookupByKey). */
  async lookupStorageVolumeByKey(key: string, options: CallOptions = {}): Promise<StorageVolume> {
    const args = [text('key', key)];
    const title = `storage volume with key '${key}'`;
    return this.lookUp('virStorageVolLookupByKey', title, this.#volume, args, options);
  }

  /** The volume that is at this path of the host (virStorageVolLookupByPath). */
  async lookupStorageVolumeByPath(path: string, options: CallOptions = {}): Promise<StorageVolume> {
    const args = [text('path', path)];
    return this.lookUp('virStorageVolLookupByPath', `storage volume '${path}'`, this.#volume, args, options);
  }

  /** All storage pools, or those that the options select (virConnectListAllStoragePools). */
  async listStoragePools(options: ListStoragePoolsOptions = {}): Promise<StoragePool[]> {
    const title = 'storage pools';
    return this.list('virConnectListAllStoragePools', title, this.#pool, options, storagePoolFilters);
  }

  /**
   * Defines a storage pool that stays, or changes the definition of the one that has its name and uuid
   * (virStoragePoolDefineXML). It doesn't build or start it. `validate` needs libvirt 7.7.
   * @param xml libvirt's description of the pool.
   */
  async defineStoragePool(xml: string, options: ValidateOptions = {}): Promise<StoragePool> {
    const args = [text('xml', xml)];
    const title = 'a storage pool';
    return this.make('virStoragePoolDefineXML', title, 'defined', this.#pool, args, options, defineFlags);
  }

  /**
   * Starts a storage pool whose definition is gone when it is stopped (virStoragePoolCreateXML). Its volumes stay.
   * @param xml libvirt's description of the pool.
   */
  async createStoragePool(xml: string, options: CreateStoragePoolOptions = {}): Promise<StoragePool> {
    const args = [text('xml', xml)];
    const title = 'a storage pool';
    return this.make('virStoragePoolCreateXML', title, 'created', this.#pool, args, options, poolCreateFlags);
  }

  /**
   * What the host could make storage pools of, such as volume groups or the exports of an NFS server
   * (virConnectFindStoragePoolSources). The answer is libvirt's XML, with a `source` for each.
   */
  async findStoragePoolSources(
    type: StoragePoolType,
    options: FindStoragePoolSourcesOptions = {},
  ): Promise<string> {
    oneOf('type', type, storagePoolTypes);
    return this.call(
      'virConnectFindStoragePoolSources',
      'searched for sources of storage pools',
      asIs<string>,
      [type, optionalText('sourceSpec', options.sourceSpec)],
      options,
      findSourcesFlags,
    );
  }

  /**
   * Which types of storage pool the host can have, and which formats of volumes, in libvirt's XML
   * (virConnectGetStoragePoolCapabilities).
   */
  async storagePoolCapabilities(options: CallOptions = {}): Promise<string> {
    const participle = 'asked for its types of storage pool';
    return this.call('virConnectGetStoragePoolCapabilities', participle, asIs<string>, [], options, noFlags);
  }

  /** The storage pool with this uuid; see {@link domain}. */
  storagePool(identity: Pick<EventStoragePool, 'uuid'> & Partial<EventStoragePool>): StoragePool {
    const key = checkFilter('a storage pool', 'uuid', identity);
    return this.#pool(this.named(native().referToStoragePool, key, identity.name));
  }

  readonly #pool = (found: Found<StoragePoolHandle>) => {
    const { state, streams } = this.shared;
    return new StoragePool(state, found, (type, options) => streams.ofObjects('storage-pool', type, options));
  };
  readonly #volume = (found: Found<StorageVolumeHandle>) =>
    new StorageVolume(this.shared.state, found, this.#pool);
}
