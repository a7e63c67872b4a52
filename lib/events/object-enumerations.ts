/** What happened to a network; libvirt's virNetworkEventLifecycleType, in virsh's words. */
export const networkLifecycleEvents = ['defined', 'undefined', 'started', 'stopped'] as const;

/** Which part of a network's metadata; virNetworkMetadataType. */
export const networkMetadataTypes = ['description', 'title', 'element'] as const;

/** What happened to a storage pool; virStoragePoolEventLifecycleType. */
export const storagePoolLifecycleEvents = [
  'defined',
  'undefined',
  'started',
  'stopped',
  'created',
  'deleted',
] as const;

/** What happened to a node device; virNodeDeviceEventLifecycleType. */
export const nodeDeviceLifecycleEvents = ['created', 'deleted', 'defined', 'undefined'] as const;

/** What happened to a secret; virSecretEventLifecycleType. */
export const secretLifecycleEvents = ['defined', 'undefined'] as const;

/** What a secret is for; virSecretUsageType. */
export const secretUsageTypes = ['none', 'volume', 'ceph', 'iscsi', 'tls', 'vtpm'] as const;
