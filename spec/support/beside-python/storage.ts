import type { Connection, StoragePool, StorageVolume } from '../../../lib/index.js';
import type { Comparison } from './comparison.js';
import { key, names } from './names.js';

/** A pool with a volume: Python's `pool` and `vol`. */
export interface ComparedStorage {
  readonly connection: Connection;
  readonly pool: StoragePool;
  readonly volume: StorageVolume;
}

const volumeKey = ({ name, key: itsKey }: StorageVolume) => ({ name, key: itsKey });
const pythonKey = (volume: string): string =>
  `(lambda each: {'name': each.name(), 'key': each.key()})(${volume})`;

export const storageComparisons: readonly Comparison<ComparedStorage>[] = [
  {
    call: 'virStoragePoolLookupByName',
    python: 'key(conn.storagePoolLookupByName(pool.name()))',
    rxvirt: async ({ connection, pool }) => key(await connection.lookupStoragePoolByName(pool.name)),
  },
  {
    call: 'virStoragePoolLookupByUUIDString',
    python: 'key(conn.storagePoolLookupByUUIDString(pool.UUIDString()))',
    rxvirt: async ({ connection, pool }) => key(await connection.lookupStoragePoolByUuid(pool.uuid)),
  },
  {
    call: 'virStoragePoolLookupByTargetPath',
    python: "key(conn.storagePoolLookupByTargetPath(vol.path().rpartition('/')[0]))",
    rxvirt: async ({ connection, volume }) =>
      key(await connection.lookupStoragePoolByTargetPath((await volume.path()).replace(/\/[^/]*$/, ''))),
  },
  {
    call: 'virStoragePoolGetInfo',
    python: `(lambda info: {**info, 'state': word(info['stateNumber'], 'inactive building running degraded inaccessible')})(
      named(pool.info(), 'stateNumber capacityBytes allocationBytes availableBytes'))`,
    rxvirt: ({ pool }) => pool.info(),
    moving: /^(allocation|available)Bytes$/,
  },
  { call: 'virStoragePoolGetXMLDesc', python: 'pool.XMLDesc()', rxvirt: ({ pool }) => pool.xml() },
  { call: 'virStoragePoolIsActive', python: 'pool.isActive()', rxvirt: ({ pool }) => pool.isActive() },
  {
    call: 'virStoragePoolIsPersistent',
    python: 'pool.isPersistent()',
    rxvirt: ({ pool }) => pool.isPersistent(),
  },
  { call: 'virStoragePoolGetAutostart', python: 'pool.autostart()', rxvirt: ({ pool }) => pool.autostart() },
  {
    call: 'virStoragePoolListAllVolumes',
    python: 'names(pool.listAllVolumes())',
    rxvirt: ({ pool }) => names(pool.listVolumes()),
  },
  {
    call: 'virStorageVolLookupByName',
    python: pythonKey('pool.storageVolLookupByName(vol.name())'),
    rxvirt: async ({ pool, volume }) => volumeKey(await pool.lookupVolumeByName(volume.name)),
  },
  {
    call: 'virStorageVolLookupByKey',
    python: pythonKey('conn.storageVolLookupByKey(vol.key())'),
    rxvirt: async ({ connection, volume }) =>
      volumeKey(await connection.lookupStorageVolumeByKey(volume.key)),
  },
  {
    call: 'virStorageVolLookupByPath',
    python: pythonKey('conn.storageVolLookupByPath(vol.path())'),
    rxvirt: async ({ connection, volume }) =>
      volumeKey(await connection.lookupStorageVolumeByPath(await volume.path())),
  },
  {
    call: 'virStoragePoolLookupByVolume',
    python: 'key(vol.storagePoolLookupByVolume())',
    rxvirt: async ({ volume }) => key(await volume.pool()),
  },
  { call: 'virStorageVolGetPath', python: 'vol.path()', rxvirt: ({ volume }) => volume.path() },
  {
    call: 'virStorageVolGetInfo',
    python: `(lambda info: {**info, 'type': word(info['typeNumber'], 'file block dir network netdir ploop')})(
      named(vol.info(), 'typeNumber capacityBytes allocationBytes'))`,
    rxvirt: ({ volume }) => volume.info(),
  },
  {
    call: 'virStorageVolGetInfoFlags',
    python: `(lambda info: {**info, 'type': word(info['typeNumber'], 'file block dir network netdir ploop')})(
      named(vol.infoFlags(libvirt.VIR_STORAGE_VOL_GET_PHYSICAL), 'typeNumber capacityBytes allocationBytes'))`,
    rxvirt: ({ volume }) => volume.info({ physical: true }),
  },
  { call: 'virStorageVolGetXMLDesc', python: 'vol.XMLDesc()', rxvirt: ({ volume }) => volume.xml() },
  {
    call: 'virConnectFindStoragePoolSources',
    python: `conn.findStoragePoolSources('netfs', '<source><host name="x"/></source>')`,
    rxvirt: ({ connection }) =>
      connection.findStoragePoolSources('netfs', { sourceSpec: '<source><host name="x"/></source>' }),
  },
];

/** Only of a real host: the test driver has no flag for it. */
export const inactivePool: Comparison<ComparedStorage> = {
  call: 'virStoragePoolGetXMLDesc',
  python: 'pool.XMLDesc(libvirt.VIR_STORAGE_XML_INACTIVE)',
  rxvirt: ({ pool }) => pool.xml({ inactive: true }),
};
