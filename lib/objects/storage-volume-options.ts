import type { CallOptions } from '../calls/call-options.js';
import type { Flags } from '../calls/flags.js';

/** How to create a storage volume, beside what it is copied from. */
export interface NewVolumeOptions extends CallOptions {
  /** Writes the metadata of the whole capacity at once, where the format has any: qcow2, for example. */
  readonly preallocMetadata?: boolean;
  /** Shares the data with the volume that it is copied from, until one of them changes. Needs such a file system. */
  readonly reflink?: boolean;
  /** Refuses XML that doesn't fit libvirt's schema. Needs libvirt 8.10. */
  readonly validate?: boolean;
}

/** How to remove a storage volume. */
export interface DeleteVolumeOptions extends CallOptions {
  /** Writes zeros to it first, which is slow. */
  readonly zeroed?: boolean;
  /** Removes its snapshots too, where the pool has any (RBD). */
  readonly withSnapshots?: boolean;
}

/** How to change the capacity of a storage volume. */
export interface ResizeVolumeOptions extends CallOptions {
  /** Allocates the new space at once. */
  readonly allocate?: boolean;
  /** The number is how much is added; with `shrink` how much is taken away. */
  readonly delta?: boolean;
  /** Allows a smaller capacity. The data beyond it is lost. */
  readonly shrink?: boolean;
}

/** What to ask about the space of a storage volume. */
export interface VolumeInfoOptions extends CallOptions {
  /** `allocationBytes` is the size that the file has on the host, with its holes. */
  readonly physical?: boolean;
}

/** How to overwrite the data of a storage volume. */
export interface WipeVolumeOptions extends CallOptions {
  /** `'zero'` unless given. All others but `'trim'` need the program `scrub` on the host. */
  readonly algorithm?: VolumeWipeAlgorithm;
}

/** libvirt's virStorageVolWipeAlgorithm, in virsh's words. */
export const wipeAlgorithms = [
  'zero',
  'nnsa',
  'dod',
  'bsi',
  'gutmann',
  'schneier',
  'pfitzner7',
  'pfitzner33',
  'random',
  'trim',
] as const;

/** A way to overwrite the data of a storage volume. */
export type VolumeWipeAlgorithm = (typeof wipeAlgorithms)[number];

/** libvirt's virStorageVolCreateFlags. */
export const volumeCreateFlags: Flags<NewVolumeOptions> = {
  preallocMetadata: 1 << 0,
  reflink: 1 << 1,
  validate: 1 << 2,
};

/** libvirt's virStorageVolDeleteFlags. */
export const volumeDeleteFlags: Flags<DeleteVolumeOptions> = { zeroed: 1 << 0, withSnapshots: 1 << 1 };

/** libvirt's virStorageVolResizeFlags. */
export const volumeResizeFlags: Flags<ResizeVolumeOptions> = {
  allocate: 1 << 0,
  delta: 1 << 1,
  shrink: 1 << 2,
};

/** libvirt's virStorageVolInfoFlags. */
export const volumeInfoFlags: Flags<VolumeInfoOptions> = { physical: 1 << 0 };

/** No flags: the algorithm goes into an argument. */
export const volumeWipeFlags: Flags<WipeVolumeOptions> = { algorithm: null };
