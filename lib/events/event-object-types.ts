/** What a secret is for, in the order of the numbers of libvirt's virSecretUsageType. */
export const secretUsageTypes = ['none', 'volume', 'ceph', 'iscsi', 'tls', 'vtpm'] as const;

/** A domain as events name it. Successive events share one object as long as the domain's values stay the same. */
export interface EventDomain {
  readonly name: string;
  readonly uuid: string;
  /** The domain's number while it runs, otherwise null. */
  readonly id: number | null;
}

/** A virtual network as events name it. */
export interface EventNetwork {
  readonly name: string;
  readonly uuid: string;
}

/** A storage pool as events name it. */
export interface EventStoragePool {
  readonly name: string;
  readonly uuid: string;
}

/** A node device as events name it: devices have no uuid. */
export interface EventNodeDevice {
  readonly name: string;
}

/** A secret as events name it. */
export interface EventSecret {
  readonly uuid: string;
  /** What the secret is for; `'unknown'` when the value is newer than this library: see `usageTypeNumber`. */
  readonly usageType: (typeof secretUsageTypes)[number] | 'unknown';
  /** libvirt's virSecretUsageType. */
  readonly usageTypeNumber: number;
  /** The volume, user or target that the secret is for; empty when there is none. */
  readonly usageId: string;
}
