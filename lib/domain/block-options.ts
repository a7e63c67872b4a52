import type { CallOptions } from '../calls/call-options.js';
import type { Flags } from '../calls/flags.js';
import type { Parameters } from '../calls/parameters.js';

/** How to change the size of a disk. */
export interface BlockResizeOptions extends CallOptions {
  /** Makes the disk as large as what it is on; the size must then be 0 or exactly that. Needs libvirt 10.0. */
  readonly capacity?: boolean;
  /** Rejects rather than make the disk smaller. Needs libvirt 12.3. */
  readonly extend?: boolean;
}

/** The size of a disk, in bytes. */
export interface BlockInfo {
  /** What the guest sees. */
  readonly capacityBytes: number;
  /** What the host uses for it: for a running domain, up to the last byte that was written. */
  readonly allocationBytes: number;
  /** The size of its file or device on the host. */
  readonly physicalBytes: number;
}

/** What was read from a disk and written to it since the domain started. What the hypervisor doesn't know is absent. */
export interface BlockStats {
  readonly readBytes?: bigint;
  readonly readRequests?: bigint;
  /** How long the reads took together, in nanoseconds. */
  readonly readTimeNs?: bigint;
  readonly writeBytes?: bigint;
  readonly writeRequests?: bigint;
  readonly writeTimeNs?: bigint;
  readonly flushRequests?: bigint;
  readonly flushTimeNs?: bigint;
  readonly errors?: bigint;
}

/** A disk that has met an error. */
export interface DiskError {
  /** Its target, for example `'vda'`. */
  readonly disk: string;
  /** `'unknown'` when the kind of error is newer than this library. */
  readonly error: 'none' | 'unspecified' | 'no-space' | 'unknown';
}

/**
 * How much a guest may read and write in a second. 0 is no limit. A limit on both together excludes one on reads and one
 * on writes. The limits `…Max` are for bursts, and `…MaxSeconds` is how long a burst may last.
 */
export interface BlockIoTune {
  readonly totalBytesPerSecond?: number;
  readonly readBytesPerSecond?: number;
  readonly writeBytesPerSecond?: number;
  readonly totalIops?: number;
  readonly readIops?: number;
  readonly writeIops?: number;
  readonly totalBytesPerSecondMax?: number;
  readonly readBytesPerSecondMax?: number;
  readonly writeBytesPerSecondMax?: number;
  readonly totalIopsMax?: number;
  readonly readIopsMax?: number;
  readonly writeIopsMax?: number;
  readonly totalBytesPerSecondMaxSeconds?: number;
  readonly readBytesPerSecondMaxSeconds?: number;
  readonly writeBytesPerSecondMaxSeconds?: number;
  readonly totalIopsMaxSeconds?: number;
  readonly readIopsMaxSeconds?: number;
  readonly writeIopsMaxSeconds?: number;
  /** A request that is greater counts as several. */
  readonly iopsSizeBytes?: number;
  /** The disks of a domain with the same name share the limits. */
  readonly groupName?: string;
}

/** libvirt's virDomainBlockResizeFlags, without BYTES. */
export const resizeFlags: Flags<BlockResizeOptions> = { capacity: 1 << 1, extend: 1 << 2 };
/** libvirt's VIR_DOMAIN_BLOCK_RESIZE_BYTES: the size is in bytes. */
export const sizeInBytes = 1 << 0;

/** libvirt's VIR_DOMAIN_BLOCK_STATS_…. */
export const blockStats: Parameters<BlockStats> = {
  readBytes: ['rd_bytes', 'bigint'],
  readRequests: ['rd_operations', 'bigint'],
  readTimeNs: ['rd_total_times', 'bigint'],
  writeBytes: ['wr_bytes', 'bigint'],
  writeRequests: ['wr_operations', 'bigint'],
  writeTimeNs: ['wr_total_times', 'bigint'],
  flushRequests: ['flush_operations', 'bigint'],
  flushTimeNs: ['flush_total_times', 'bigint'],
  errors: ['errs', 'bigint'],
};

/** libvirt's virDomainDiskErrorCode. */
export const diskErrors: readonly DiskError['error'][] = ['none', 'unspecified', 'no-space'];

/** libvirt's VIR_DOMAIN_BLOCK_IOTUNE_…. */
export const blockIoTune: Parameters<BlockIoTune> = {
  totalBytesPerSecond: ['total_bytes_sec', 'ullong'],
  readBytesPerSecond: ['read_bytes_sec', 'ullong'],
  writeBytesPerSecond: ['write_bytes_sec', 'ullong'],
  totalIops: ['total_iops_sec', 'ullong'],
  readIops: ['read_iops_sec', 'ullong'],
  writeIops: ['write_iops_sec', 'ullong'],
  totalBytesPerSecondMax: ['total_bytes_sec_max', 'ullong'],
  readBytesPerSecondMax: ['read_bytes_sec_max', 'ullong'],
  writeBytesPerSecondMax: ['write_bytes_sec_max', 'ullong'],
  totalIopsMax: ['total_iops_sec_max', 'ullong'],
  readIopsMax: ['read_iops_sec_max', 'ullong'],
  writeIopsMax: ['write_iops_sec_max', 'ullong'],
  totalBytesPerSecondMaxSeconds: ['total_bytes_sec_max_length', 'ullong'],
  readBytesPerSecondMaxSeconds: ['read_bytes_sec_max_length', 'ullong'],
  writeBytesPerSecondMaxSeconds: ['write_bytes_sec_max_length', 'ullong'],
  totalIopsMaxSeconds: ['total_iops_sec_max_length', 'ullong'],
  readIopsMaxSeconds: ['read_iops_sec_max_length', 'ullong'],
  writeIopsMaxSeconds: ['write_iops_sec_max_length', 'ullong'],
  iopsSizeBytes: ['size_iops_sec', 'ullong'],
  groupName: ['group_name', 'string'],
};
