import type { CallOptions } from '../calls/call-options.js';
import type { Flags } from '../calls/flags.js';
import { parametersOf, type Parameters } from '../calls/parameters.js';
import type { CallArgument } from '../native.js';

/** How fast a block job may be. */
export interface BlockJobSpeedOptions extends CallOptions {
  /** 0 for as fast as possible, which is the default. */
  readonly bandwidthBytesPerSecond?: number;
}

/** How to commit a disk. */
export interface BlockCommitOptions extends BlockJobSpeedOptions {
  /** The file that receives the data; unless given, the deepest of the chain. A path, or a target such as `'vda[2]'`. */
  readonly base?: string;
  /** The uppermost file whose data is moved; unless given, the active file. A path, or a target such as `'vda[1]'`. */
  readonly top?: string;
  /** `base` is the file right below `top`. */
  readonly shallow?: boolean;
  /** Deletes the files that are not needed any more. */
  readonly delete?: boolean;
  /** `top` is the file that the guest writes to. The job has to be ended by {@link DomainBlockJobs.abortBlockJob}. */
  readonly active?: boolean;
  /** Keeps relative names of backing files relative. */
  readonly relative?: boolean;
}

/** How to copy a disk. */
export interface BlockCopyOptions extends CallOptions {
  /** Copies only the uppermost file of the chain; the copy has the same backing file. */
  readonly shallow?: boolean;
  /** The file exists already. */
  readonly reuseExt?: boolean;
  /** The job may be lost when the domain ends. Then the domain may be persistent. */
  readonly transientJob?: boolean;
  /** The guest's writes wait for the copy too, so that the copy catches up. Needs libvirt 8.0. */
  readonly synchronousWrites?: boolean;
  /** The destination has only zeros. Needs libvirt 12.2. */
  readonly targetZeroed?: boolean;
  readonly bandwidthBytesPerSecond?: number;
  /** The size of the pieces in which changes are noted; often a power of two. */
  readonly granularityBytes?: number;
  /** How much may be under way between the source and the copy. */
  readonly bufferBytes?: number;
}

/** How to rebase a disk. */
export interface BlockRebaseOptions extends BlockJobSpeedOptions {
  /** The backing file to keep, or the file for the copy. Unless given, the disk gets everything, and needs no other. */
  readonly base?: string;
  /** Copies only the uppermost file of the chain. With `copy`. */
  readonly shallow?: boolean;
  /** The file exists already. With `copy`. */
  readonly reuseExt?: boolean;
  /** The copy has the format raw. With `copy`. */
  readonly copyRaw?: boolean;
  /** Copies the disk to the file `base`. {@link DomainBlockJobs.blockCopy} can do more. */
  readonly copy?: boolean;
  /** Keeps relative names of backing files relative. */
  readonly relative?: boolean;
  /** `base` is a block device. With `copy`. */
  readonly copyDev?: boolean;
}

/** How to end a block job. */
export interface AbortBlockJobOptions extends CallOptions {
  /** Resolves when the job was asked to end. That it has ended is the event `'block-job-2'`. */
  readonly async?: boolean;
  /** The guest goes on with the copy, or with the file that was committed to. Otherwise it keeps its disk as it was. */
  readonly pivot?: boolean;
}

/** What libvirt is told besides: this library has one unit. */
export interface InBytes {
  readonly bandwidthBytes: true;
}

/** libvirt's virDomainBlockCommitFlags. */
export const commitFlags: Flags<BlockCommitOptions & InBytes> = {
  base: null,
  top: null,
  bandwidthBytesPerSecond: null,
  shallow: 1 << 0,
  delete: 1 << 1,
  active: 1 << 2,
  relative: 1 << 3,
  bandwidthBytes: 1 << 4,
};

/** libvirt's virDomainBlockCopyFlags. */
export const copyFlags: Flags<BlockCopyOptions> = {
  bandwidthBytesPerSecond: null,
  granularityBytes: null,
  bufferBytes: null,
  shallow: 1 << 0,
  reuseExt: 1 << 1,
  transientJob: 1 << 2,
  synchronousWrites: 1 << 3,
  targetZeroed: 1 << 4,
};

/** libvirt's virDomainBlockPullFlags. */
export const pullFlags: Flags<BlockJobSpeedOptions & InBytes> = {
  bandwidthBytesPerSecond: null,
  bandwidthBytes: 1 << 6,
};

/** libvirt's virDomainBlockRebaseFlags. */
export const rebaseFlags: Flags<BlockRebaseOptions & InBytes> = {
  base: null,
  bandwidthBytesPerSecond: null,
  shallow: 1 << 0,
  reuseExt: 1 << 1,
  copyRaw: 1 << 2,
  copy: 1 << 3,
  relative: 1 << 4,
  copyDev: 1 << 5,
  bandwidthBytes: 1 << 6,
};

/** libvirt's virDomainBlockJobAbortFlags. */
export const abortFlags: Flags<AbortBlockJobOptions> = { async: 1 << 0, pivot: 1 << 1 };

/** libvirt's virDomainBlockJobInfoFlags. */
export const infoFlags: Flags<InBytes> = { bandwidthBytes: 1 << 0 };

/** libvirt's virDomainBlockJobSetSpeedFlags. */
export const speedFlags: Flags<InBytes> = { bandwidthBytes: 1 << 0 };

interface CopyParameters {
  readonly bandwidthBytesPerSecond?: number | undefined;
  readonly granularityBytes?: number | undefined;
  readonly bufferBytes?: number | undefined;
}

const copyParameters: Parameters<CopyParameters> = {
  bandwidthBytesPerSecond: ['bandwidth', 'ullong'],
  granularityBytes: ['granularity', 'uint'],
  bufferBytes: ['buf-size', 'ullong'],
};

/** The typed parameters of virDomainBlockCopy. */
export function copyParametersOf(options: BlockCopyOptions): CallArgument {
  const { bandwidthBytesPerSecond, granularityBytes, bufferBytes } = options;
  const fields: CopyParameters = { bandwidthBytesPerSecond, granularityBytes, bufferBytes };
  return parametersOf<CopyParameters>('blockCopy', fields, copyParameters);
}
