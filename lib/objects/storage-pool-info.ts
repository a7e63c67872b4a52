import { exactNumber, wordOf } from '../calls/answers.js';

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
export function storagePoolInfo([stateNumber, capacity, allocation, available]: readonly [
  number,
  number | bigint,
  number | bigint,
  number | bigint,
]): StoragePoolInfo {
  return {
    state: stateOf(stateNumber),
    stateNumber,
    capacityBytes: exactNumber(capacity),
    allocationBytes: exactNumber(allocation),
    availableBytes: exactNumber(available),
  };
}

const stateOf = wordOf(states);
