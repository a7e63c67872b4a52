import type { Connection } from '../../../lib/index.js';
import type { Comparison } from './comparison.js';
import { names, uuids } from './names.js';

const domains = (flags: readonly string[]): string =>
  `names(conn.listAllDomains(${flags.map((flag) => `libvirt.VIR_CONNECT_LIST_DOMAINS_${flag}`).join(' | ') || 0}))`;

/** The lists of a connection. */
export const listComparisons: readonly Comparison<Connection>[] = [
  ...(
    [
      [[], {}],
      [['ACTIVE'], { active: true }],
      [['INACTIVE', 'PERSISTENT'], { active: false, persistent: true }],
      [['TRANSIENT'], { persistent: false }],
      [['RUNNING', 'SHUTOFF'], { state: ['running', 'shutoff'] }],
      [['AUTOSTART'], { autostart: true }],
      [['HAS_SNAPSHOT'], { hasSnapshot: true }],
      [['NO_SNAPSHOT', 'NO_CHECKPOINT'], { hasSnapshot: false, hasCheckpoint: false }],
      [['NO_MANAGEDSAVE'], { managedSave: false }],
    ] as const
  ).map(([flags, options]): Comparison<Connection> => ({
    call: 'virConnectListAllDomains',
    python: domains(flags),
    rxvirt: (host) => names(host.listDomains(options)),
  })),
  {
    call: 'virConnectListAllNetworks',
    python: 'names(conn.listAllNetworks(libvirt.VIR_CONNECT_LIST_NETWORKS_ACTIVE))',
    rxvirt: (host) => names(host.listNetworks({ active: true })),
  },
  {
    call: 'virConnectListAllStoragePools',
    python: 'names(conn.listAllStoragePools(libvirt.VIR_CONNECT_LIST_STORAGE_POOLS_DIR))',
    rxvirt: (host) => names(host.listStoragePools({ type: 'dir' })),
  },
  {
    call: 'virConnectListAllNodeDevices',
    python: 'names(conn.listAllDevices(libvirt.VIR_CONNECT_LIST_NODE_DEVICES_CAP_SYSTEM))',
    rxvirt: (host) => names(host.listNodeDevices({ capability: 'system' })),
  },
  {
    call: 'virConnectListAllInterfaces',
    python: 'names(conn.listAllInterfaces(libvirt.VIR_CONNECT_LIST_INTERFACES_ACTIVE))',
    rxvirt: (host) => names(host.listInterfaces({ active: true })),
  },
  {
    call: 'virConnectListAllSecrets',
    python:
      'sorted(each.UUIDString() for each in conn.listAllSecrets(libvirt.VIR_CONNECT_LIST_SECRETS_EPHEMERAL))',
    rxvirt: (host) => uuids(host.listSecrets({ ephemeral: true })),
  },
  {
    call: 'virConnectListAllNWFilters',
    python: 'names(conn.listAllNWFilters())',
    rxvirt: (host) => names(host.listNwFilters()),
  },
  {
    call: 'virConnectListAllNWFilterBindings',
    python: 'names(conn.listAllNWFilterBindings())',
    rxvirt: async (host) => (await host.listNwFilterBindings()).map(({ portDev }) => portDev).sort(),
  },
  {
    call: 'virConnectGetStoragePoolCapabilities',
    python: 'conn.getStoragePoolCapabilities()',
    rxvirt: (host) => host.storagePoolCapabilities(),
  },
];
