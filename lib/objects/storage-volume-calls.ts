import { asIs, exactNumber, nothing, wordOf } from '../calls/answers.js';
import type { CallOptions } from '../calls/call-options.js';
import { noFlags } from '../calls/flags.js';
import { LibvirtObject } from '../calls/libvirt-object.js';
import { oneOf, unsigned64 } from '../calls/values.js';
import type { StorageVolumeHandle } from '../native.js';
import {
  volumeDeleteFlags,
  volumeInfoFlags,
  volumeResizeFlags,
  volumeWipeFlags,
  wipeAlgorithms,
  type DeleteVolumeOptions,
  type ResizeVolumeOptions,
  type VolumeInfoOptions,
  type WipeVolumeOptions,
} from './storage-volume-options.js';

const types = ['file', 'block', 'dir', 'network', 'netdir', 'ploop'] as const;

/** What a storage volume is, in virsh's words; libvirt's virStorageVolType. */
export type StorageVolumeTypeName = (typeof types)[number] | 'unknown';

/** What a storage volume is, and its space in bytes. */
export interface StorageVolumeInfo {
  /** `'unknown'` when the type is newer than this library: see `typeNumber`. */
  readonly type: StorageVolumeTypeName;
  readonly typeNumber: number;
  /** How much data it can have. */
  readonly capacityBytes: number;
  /** How much space of the pool it takes now. */
  readonly allocationBytes: number;
}

const typeOf = wordOf(types);

/** What a storage volume is, and how its data is resized, wiped and removed. */
export abstract class StorageVolumeCalls extends LibvirtObject<StorageVolumeHandle> {
  /** Where it is on the host (virStorageVolGetPath). */
  async path(options: CallOptions = {}): Promise<string> {
    return this.call('virStorageVolGetPath', 'asked for its path', asIs<string>, [], options);
  }

  /** Its type and its space (virStorageVolGetInfo; virStorageVolGetInfoFlags with `physical`). */
  async info(options: VolumeInfoOptions = {}): Promise<StorageVolumeInfo> {
    const participle = 'asked for its type and space';
    // Some drivers have only the older function.
    return 'physical' in options
      ? this.call('virStorageVolGetInfoFlags', participle, volumeInfo, [], options, volumeInfoFlags)
      : this.call('virStorageVolGetInfo', participle, volumeInfo, [], options);
  }

  /** Its definition, in libvirt's XML (virStorageVolGetXMLDesc). */
  async xml(options: CallOptions = {}): Promise<string> {
    return this.call('virStorageVolGetXMLDesc', 'described', asIs<string>, [], options, noFlags);
  }

  /** Changes its capacity (virStorageVolResize). The pool may round it. */
  async resize(capacityBytes: number | bigint, options: ResizeVolumeOptions = {}): Promise<void> {
    const args = [unsigned64('capacityBytes', capacityBytes)];
    return this.call('virStorageVolResize', 'resized', nothing, args, options, volumeResizeFlags);
  }

  /** Overwrites its data (virStorageVolWipePattern). The volume stays. */
  async wipe(options: WipeVolumeOptions = {}): Promise<void> {
    const { algorithm = 'zero' } = options;
    const args = [oneOf('algorithm', algorithm, wipeAlgorithms)];
    return this.call('virStorageVolWipePattern', 'wiped', nothing, args, options, volumeWipeFlags);
  }

  /** Removes it from its pool (virStorageVolDelete). The data is lost. */
  async delete(options: DeleteVolumeOptions = {}): Promise<void> {
    return this.call('virStorageVolDelete', 'deleted', nothing, [], options, volumeDeleteFlags);
  }
}

export function volumeInfo([typeNumber, capacity, allocation]: readonly [
  number,
  number | bigint,
  number | bigint,
]): StorageVolumeInfo {
  return {
    type: typeOf(typeNumber),
    typeNumber,
    capacityBytes: exactNumber(capacity),
    allocationBytes: exactNumber(allocation),
  };
}
