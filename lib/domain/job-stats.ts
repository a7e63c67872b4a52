import { wordOf } from '../calls/answers.js';
import { parametersAs, type Parameters } from '../calls/parameters.js';
import type { TypedParameters } from '../events/typed-parameter-types.js';
import type { ParameterArrays } from '../native.js';

/** libvirt's virDomainJobType. */
const types = ['none', 'bounded', 'unbounded', 'completed', 'failed', 'cancelled'] as const;

/** libvirt's virDomainJobOperation. */
const operations = [
  'unknown',
  'start',
  'save',
  'restore',
  'incoming-migration',
  'outgoing-migration',
  'snapshot',
  'snapshot-revert',
  'dump',
  'backup',
  'snapshot-delete',
] as const;

/** Whether a domain has a job, and how it ended; `'bounded'` when the job can tell how long it will take. */
export type DomainJobType = (typeof types)[number] | 'unknown';

/** What a job of a domain does. */
export type DomainJobOperation = (typeof operations)[number];

/** What libvirt tells of a job besides its type and its operation. */
interface JobFigures {
  /** Since the job began. */
  readonly timeElapsedMs?: number;
  /** Without the time that the hosts needed to hand over control. */
  readonly timeElapsedNetMs?: number;
  readonly timeRemainingMs?: number;
  /** How long a migration stops the guest: an estimate, and when it has ended the time that was measured. */
  readonly downtimeMs?: number;
  /** Without the time that the hosts needed to hand over control. */
  readonly downtimeNetMs?: number;
  /** How long a migration was prepared. */
  readonly setupTimeMs?: number;
  /** Memory and disks together. Less than what is processed and remains, if something had to be sent again. */
  readonly dataTotalBytes?: number;
  readonly dataProcessedBytes?: number;
  readonly dataRemainingBytes?: number;
  readonly memoryTotalBytes?: number;
  readonly memoryProcessedBytes?: number;
  readonly memoryRemainingBytes?: number;
  readonly memoryBytesPerSecond?: number;
  /** Pages that have the same byte everywhere, such as pages of zeros. */
  readonly memoryConstantPages?: number;
  /** Pages that were sent as they are. */
  readonly memoryNormalPages?: number;
  readonly memoryNormalBytes?: number;
  /** How many pages the guest writes to. */
  readonly memoryDirtyPagesPerSecond?: number;
  readonly memoryPageSizeBytes?: number;
  /** How often the memory was gone through. */
  readonly memoryIteration?: number;
  /** Pages for which the other host had to ask, in a post-copy migration. */
  readonly memoryPostcopyRequests?: number;
  readonly diskTotalBytes?: number;
  readonly diskProcessedBytes?: number;
  readonly diskRemainingBytes?: number;
  readonly diskBytesPerSecond?: number;
  readonly diskTempUsedBytes?: number;
  readonly diskTempTotalBytes?: number;
  readonly compressionCacheBytes?: number;
  readonly compressedBytes?: number;
  readonly compressedPages?: number;
  readonly compressionCacheMisses?: number;
  /** Pages that would not have become smaller. */
  readonly compressionOverflows?: number;
  /** How much the guest's cpus are slowed down, so that the migration ends. */
  readonly autoConvergeThrottlePercent?: number;
  /** Needs libvirt 10.6. */
  readonly vfioTransferredBytes?: number;
  /** Only of a job that has ended. */
  readonly success?: boolean;
  /** Only of a job that has ended otherwise than by itself. */
  readonly errorMessage?: string;
}

/**
 * The job of a domain. Which fields there are depends on the job; there are none when the domain has no job. A field that
 * is newer than this library has libvirt's name.
 */
export interface DomainJobStats extends JobFigures {
  /** `'unknown'` when it is newer than this library. */
  readonly type: DomainJobType;
  /** `'unknown'` when libvirt doesn't know it, and when it is newer than this library. */
  readonly operation?: DomainJobOperation;
}

const parameters: Parameters<JobFigures & { readonly operation?: number }> = {
  operation: ['operation', 'int'],
  timeElapsedMs: ['time_elapsed', 'ullong'],
  timeElapsedNetMs: ['time_elapsed_net', 'ullong'],
  timeRemainingMs: ['time_remaining', 'ullong'],
  downtimeMs: ['downtime', 'ullong'],
  downtimeNetMs: ['downtime_net', 'ullong'],
  setupTimeMs: ['setup_time', 'ullong'],
  dataTotalBytes: ['data_total', 'ullong'],
  dataProcessedBytes: ['data_processed', 'ullong'],
  dataRemainingBytes: ['data_remaining', 'ullong'],
  memoryTotalBytes: ['memory_total', 'ullong'],
  memoryProcessedBytes: ['memory_processed', 'ullong'],
  memoryRemainingBytes: ['memory_remaining', 'ullong'],
  memoryBytesPerSecond: ['memory_bps', 'ullong'],
  memoryConstantPages: ['memory_constant', 'ullong'],
  memoryNormalPages: ['memory_normal', 'ullong'],
  memoryNormalBytes: ['memory_normal_bytes', 'ullong'],
  memoryDirtyPagesPerSecond: ['memory_dirty_rate', 'ullong'],
  memoryPageSizeBytes: ['memory_page_size', 'ullong'],
  memoryIteration: ['memory_iteration', 'ullong'],
  memoryPostcopyRequests: ['memory_postcopy_requests', 'ullong'],
  diskTotalBytes: ['disk_total', 'ullong'],
  diskProcessedBytes: ['disk_processed', 'ullong'],
  diskRemainingBytes: ['disk_remaining', 'ullong'],
  diskBytesPerSecond: ['disk_bps', 'ullong'],
  diskTempUsedBytes: ['disk_temp_used', 'ullong'],
  diskTempTotalBytes: ['disk_temp_total', 'ullong'],
  compressionCacheBytes: ['compression_cache', 'ullong'],
  compressedBytes: ['compression_bytes', 'ullong'],
  compressedPages: ['compression_pages', 'ullong'],
  compressionCacheMisses: ['compression_cache_misses', 'ullong'],
  compressionOverflows: ['compression_overflow', 'ullong'],
  autoConvergeThrottlePercent: ['auto_converge_throttle', 'int'],
  vfioTransferredBytes: ['vfio_data_transferred', 'ullong'],
  success: ['success', 'boolean'],
  errorMessage: ['errmsg', 'string'],
};

const typeOf = wordOf(types);
const operationOf = wordOf(operations);
const figuresOf = parametersAs<JobFigures & { readonly operation?: number }>(parameters);

const names = new Map(Object.entries(parameters).map(([field, [name]]) => [name, field]));

/** @internal The outcome that the event `'job-completed'` tells. */
export function jobStatsOfEvent(params: TypedParameters): DomainJobStats {
  const entries = Object.entries(params).map(([name, value]) => [names.get(name) ?? name, value]);
  const { operation, ...figures } = Object.fromEntries(entries) as JobFigures & {
    readonly operation?: number;
  };
  return {
    type: figures.success === false ? 'failed' : 'completed',
    ...(operation === undefined ? {} : { operation: operationOf(operation) }),
    ...figures,
  };
}

/** @internal The answer of virDomainGetJobStats. */
export function domainJobStats([type, found]: readonly [number, ParameterArrays]): DomainJobStats {
  const { operation, ...figures } = figuresOf(found);
  return {
    type: typeOf(type),
    ...(operation === undefined ? {} : { operation: operationOf(operation) }),
    ...figures,
  };
}
