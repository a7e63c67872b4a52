import type { CallOptions } from '../calls/call-options.js';
import type { Flags } from '../calls/flags.js';

/** How to start a storage pool. */
export interface CreateStoragePoolOptions extends CallOptions {
  /** Builds the pool first, as `pool.build()` does. */
  readonly build?: boolean;
  /**
   * Builds the pool first. True overwrites a pool or a file system that is there; false refuses if there is one. Without
   * this option it depends on the type of pool.
   */
  readonly overwrite?: boolean;
}

/** How to build a storage pool. */
export interface BuildStoragePoolOptions extends CallOptions {
  readonly repair?: boolean;
  /** Enlarges a pool that is there. */
  readonly resize?: boolean;
  /** True overwrites a pool or a file system that is there; false refuses if there is one. */
  readonly overwrite?: boolean;
}

/** How to remove what a storage pool is made of. */
export interface DeleteStoragePoolOptions extends CallOptions {
  /** Writes zeros to it first, which is slow. */
  readonly zeroed?: boolean;
}

/** Which description of a storage pool to get. */
export interface StoragePoolXmlOptions extends CallOptions {
  /** That for its next start, although it runs. */
  readonly inactive?: boolean;
}

/** libvirt's virStoragePoolCreateFlags. */
export const poolCreateFlags: Flags<CreateStoragePoolOptions> = {
  build: 1 << 0,
  overwrite: [1 << 1, 1 << 2],
};

/** libvirt's virStoragePoolBuildFlags. */
export const poolBuildFlags: Flags<BuildStoragePoolOptions> = {
  repair: 1 << 0,
  resize: 1 << 1,
  overwrite: [1 << 3, 1 << 2],
};

/** libvirt's virStoragePoolDeleteFlags. */
export const poolDeleteFlags: Flags<DeleteStoragePoolOptions> = { zeroed: 1 << 0 };

/** libvirt's virStorageXMLFlags. */
export const poolXmlFlags: Flags<StoragePoolXmlOptions> = { inactive: 1 << 0 };
