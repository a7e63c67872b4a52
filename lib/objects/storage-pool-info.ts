const states = ['inactive', 'building', 'running', 'degraded', 'inaccessible'] as const;

/** The state of a storage pool, in virsh's words; libvirt's virStoragePoolState. */
export type StoragePoolStateName = (typeof states)[number] | 'unknown';

/** The state of a storage pool, and its space in bytes. */
export interface StoragePoolInfo {
  /** `'unknown'` when the state is newer than this library: see `stateNumber`. */
  readonly state: StoragePoolStateName;
  readonly stateNumber: number;
  readonly capacityBytes: number;
  readonly allocationBytes: number;
  readonly availableBytes: number;
}

/** The fields of a virStoragePoolInfo, by name. */
export function storagePoolInfo([stateNumber, capacityBytes, allocationBytes, availableBytes]: readonly [
  number,
  number,
  number,
  number,
]): StoragePoolInfo {
  const state = states[stateNumber] ?? 'unknown';
  return { state, stateNumber, capacityBytes, allocationBytes, availableBytes };
}
