import type { CallOptions } from '../calls/call-options.js';
import type { Flags } from '../calls/flags.js';

/** A word, or several of which one has to hold. */
type AnyOf<Word extends string> = Word | readonly Word[];

/** Which domains to list. A boolean takes those that have the property, or with false those that have it not. */
export interface ListDomainsOptions extends CallOptions {
  /** Those that run. */
  readonly active?: boolean;
  /** Those whose definition stays when they stop. */
  readonly persistent?: boolean;
  /** Those in one of these states. `'other'` is every state that has no word here. */
  readonly state?: AnyOf<ListedDomainState>;
  /** Those that start with the host. */
  readonly autostart?: boolean;
  /** Those whose memory libvirt has saved, to continue from there. */
  readonly managedSave?: boolean;
  readonly hasSnapshot?: boolean;
  readonly hasCheckpoint?: boolean;
}

/** The states by which domains can be listed. */
export type ListedDomainState = 'running' | 'paused' | 'shutoff' | 'other';

/** Which networks to list; see {@link ListDomainsOptions}. */
export interface ListNetworksOptions extends CallOptions {
  readonly active?: boolean;
  readonly persistent?: boolean;
  readonly autostart?: boolean;
}

/** Which storage pools to list; see {@link ListDomainsOptions}. */
export interface ListStoragePoolsOptions extends CallOptions {
  readonly active?: boolean;
  readonly persistent?: boolean;
  readonly autostart?: boolean;
  /** Those of one of these types. */
  readonly type?: AnyOf<StoragePoolType>;
}

/** Where a storage pool has its volumes, in the words of its XML. */
export type StoragePoolType = (typeof storagePoolTypes)[number];

export const storagePoolTypes = [
  'dir',
  'fs',
  'netfs',
  'logical',
  'disk',
  'iscsi',
  'iscsi-direct',
  'scsi',
  'mpath',
  'rbd',
  'sheepdog',
  'gluster',
  'zfs',
  'vstorage',
] as const;

/** Which node devices to list; see {@link ListDomainsOptions}. */
export interface ListNodeDevicesOptions extends CallOptions {
  /** Needs libvirt 7.3. */
  readonly active?: boolean;
  /** Those whose definition stays when they are stopped. Needs libvirt 10.1. */
  readonly persistent?: boolean;
  /** Those that have one of these capabilities. */
  readonly capability?: AnyOf<NodeDeviceCapability>;
}

/** What a node device is or can do, in the words of its XML. The last three need libvirt 7.9, 11.1 and 11.1. */
export type NodeDeviceCapability =
  | 'system'
  | 'pci'
  | 'usb_device'
  | 'usb'
  | 'net'
  | 'scsi_host'
  | 'scsi_target'
  | 'scsi'
  | 'storage'
  | 'fc_host'
  | 'vports'
  | 'scsi_generic'
  | 'drm'
  | 'mdev_types'
  | 'mdev'
  | 'ccw'
  | 'css'
  | 'vdpa'
  | 'ap_card'
  | 'ap_queue'
  | 'ap_matrix'
  | 'vpd'
  | 'ccwgroup'
  | 'ccwgroup_member';

/** Which secrets to list; see {@link ListDomainsOptions}. */
export interface ListSecretsOptions extends CallOptions {
  /** Those that are kept only in memory. */
  readonly ephemeral?: boolean;
  /** Those whose value libvirt reveals to nobody. */
  readonly private?: boolean;
}

/** Which interfaces to list; see {@link ListDomainsOptions}. */
export interface ListInterfacesOptions extends CallOptions {
  readonly active?: boolean;
}

/** libvirt's virConnectListAllDomainsFlags. */
export const domainFilters: Flags<ListDomainsOptions> = {
  active: [1 << 0, 1 << 1],
  persistent: [1 << 2, 1 << 3],
  state: {
    anyOf: { running: 1 << 4, paused: 1 << 5, shutoff: 1 << 6, other: 1 << 7 } satisfies Readonly<
      Record<ListedDomainState, number>
    >,
  },
  managedSave: [1 << 8, 1 << 9],
  autostart: [1 << 10, 1 << 11],
  hasSnapshot: [1 << 12, 1 << 13],
  hasCheckpoint: [1 << 14, 1 << 15],
};

/** libvirt's virConnectListAllNetworksFlags. */
export const networkFilters: Flags<ListNetworksOptions> = {
  active: [1 << 1, 1 << 0],
  persistent: [1 << 2, 1 << 3],
  autostart: [1 << 4, 1 << 5],
};

/** libvirt's virConnectListAllStoragePoolsFlags. */
export const storagePoolFilters: Flags<ListStoragePoolsOptions> = {
  active: [1 << 1, 1 << 0],
  persistent: [1 << 2, 1 << 3],
  autostart: [1 << 4, 1 << 5],
  type: {
    anyOf: {
      dir: 1 << 6,
      fs: 1 << 7,
      netfs: 1 << 8,
      logical: 1 << 9,
      disk: 1 << 10,
      iscsi: 1 << 11,
      scsi: 1 << 12,
      mpath: 1 << 13,
      rbd: 1 << 14,
      sheepdog: 1 << 15,
      gluster: 1 << 16,
      zfs: 1 << 17,
      vstorage: 1 << 18,
      'iscsi-direct': 1 << 19,
    } satisfies Readonly<Record<StoragePoolType, number>>,
  },
};

/** libvirt's virConnectListAllNodeDeviceFlags. */
export const nodeDeviceFilters: Flags<ListNodeDevicesOptions> = {
  capability: {
    anyOf: {
      system: 1 << 0,
      pci: 1 << 1,
      usb_device: 1 << 2,
      usb: 1 << 3,
      net: 1 << 4,
      scsi_host: 1 << 5,
      scsi_target: 1 << 6,
      scsi: 1 << 7,
      storage: 1 << 8,
      fc_host: 1 << 9,
      vports: 1 << 10,
      scsi_generic: 1 << 11,
      drm: 1 << 12,
      mdev_types: 1 << 13,
      mdev: 1 << 14,
      ccw: 1 << 15,
      css: 1 << 16,
      vdpa: 1 << 17,
      ap_card: 1 << 18,
      ap_queue: 1 << 19,
      ap_matrix: 1 << 20,
      vpd: 1 << 21,
      ccwgroup: 1 << 22,
      ccwgroup_member: 1 << 23,
    } satisfies Readonly<Record<NodeDeviceCapability, number>>,
  },
  persistent: [1 << 28, 1 << 29],
  active: [2 ** 31, 1 << 30],
};

/** libvirt's virConnectListAllSecretsFlags. */
export const secretFilters: Flags<ListSecretsOptions> = {
  ephemeral: [1 << 0, 1 << 1],
  private: [1 << 2, 1 << 3],
};

/** libvirt's virConnectListAllInterfacesFlags. */
export const interfaceFilters: Flags<ListInterfacesOptions> = { active: [1 << 1, 1 << 0] };
