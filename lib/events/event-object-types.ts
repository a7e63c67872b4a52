/** What a secret is for, by the numbers of libvirt's virSecretUsageType. */
export const secretUsageTypes = ['none', 'volume', 'ceph', 'iscsi', 'tls', 'vtpm'] as const;

/** A domain as events name it; the object stays the same from event to event while nothing changes. */
export interface EventDomain {
  readonly name: string;
  readonly uuid: string;
  /** Its number while it runs, otherwise null. */
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
  /** What it is for; `'unknown'` when newer than this library: see `usageTypeNumber`. */
  readonly usageType: (typeof secretUsageTypes)[number] | 'unknown';
  /** libvirt's virSecretUsageType. */
  readonly usageTypeNumber: number;
  /** Which volume, user or target it is for; empty when it is for nothing. */
  readonly usageId: string;
}
