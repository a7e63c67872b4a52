import { also } from '../calls/also.js';
import { exactNumber, nothing, wordOf } from '../calls/answers.js';
import type { CallOptions } from '../calls/call-options.js';
import { optionalText, text, unsigned } from '../calls/values.js';
import { blockJobTypes } from '../events/domain-device-event-table.js';
import {
  abortFlags,
  commitFlags,
  copyFlags,
  copyParametersOf,
  infoFlags,
  pullFlags,
  rebaseFlags,
  speedFlags,
  type AbortBlockJobOptions,
  type BlockCommitOptions,
  type BlockCopyOptions,
  type BlockJobSpeedOptions,
  type BlockRebaseOptions,
} from './block-job-options.js';
import { DomainJobs } from './jobs.js';

/** What a block job does, as in the event `'block-job-2'`. */
export type BlockJobType = (typeof blockJobTypes)[number] | 'unknown';

/** How far a block job is. */
export interface BlockJobInfo {
  /** `'unknown'` when it is newer than this library. */
  readonly type: BlockJobType;
  /** The limit of its speed, 0 when there is none. */
  readonly bandwidthBytesPerSecond: number;
  /** How much is done, in a unit that the hypervisor chooses. That a job is ready is the event `'block-job-2'`. */
  readonly cur: number;
  /** How much there is to do. It may change. */
  readonly end: number;
}

const inBytes = { bandwidthBytes: true } as const;

/** The work on a domain's disks while it runs. Disks are named by their target, such as `'vda'`, or their file. */
export abstract class DomainBlockJobs extends DomainJobs {
  /** Moves data from upper files of a disk's chain down into a lower one (virDomainBlockCommit). */
  async blockCommit(disk: string, options: BlockCommitOptions = {}): Promise<void> {
    const args = [
      text('disk', disk),
      optionalText('base', options.base),
      optionalText('top', options.top),
      bandwidthOf(options),
    ];
    const all = also(options, inBytes);
    return this.call('virDomainBlockCommit', 'committed', nothing, args, all, commitFlags);
  }

  /**
   * Copies a disk, and then keeps the copy the same (virDomainBlockCopy). It goes on until {@link abortBlockJob}.
   * @param xml A disk element that describes the copy.
   */
  async blockCopy(disk: string, xml: string, options: BlockCopyOptions = {}): Promise<void> {
    const args = [text('disk', disk), text('xml', xml), copyParametersOf(options)];
    return this.call('virDomainBlockCopy', 'copied', nothing, args, options, copyFlags);
  }

  /** Moves the data of all backing files into a disk, which then needs none (virDomainBlockPull). */
  async blockPull(disk: string, options: BlockJobSpeedOptions = {}): Promise<void> {
    const args = [text('disk', disk), bandwidthOf(options)];
    const all = also(options, inBytes);
    return this.call('virDomainBlockPull', 'pulled', nothing, args, all, pullFlags);
  }

  /** Moves the data of some backing files into a disk, down to one that it keeps (virDomainBlockRebase). */
  async blockRebase(disk: string, options: BlockRebaseOptions = {}): Promise<void> {
    const args = [text('disk', disk), optionalText('base', options.base), bandwidthOf(options)];
    const all = also(options, inBytes);
    return this.call('virDomainBlockRebase', 'rebased', nothing, args, all, rebaseFlags);
  }

  /** How far the job of a disk is; null when there is none (virDomainGetBlockJobInfo). */
  async blockJobInfo(disk: string, options: CallOptions = {}): Promise<BlockJobInfo | null> {
    const args = [text('disk', disk)];
    const all = also(options, inBytes);
    return this.call(
      'virDomainGetBlockJobInfo',
      'asked for its block job',
      blockJobInfo,
      args,
      all,
      infoFlags,
    );
  }

  /** Limits the speed of a disk's job; 0 is no limit (virDomainBlockJobSetSpeed). */
  async setBlockJobSpeed(
    disk: string,
    bandwidthBytesPerSecond: number,
    options: CallOptions = {},
  ): Promise<void> {
    const args = [text('disk', disk), bandwidth(bandwidthBytesPerSecond)];
    const all = also(options, inBytes);
    return this.call('virDomainBlockJobSetSpeed', 'limited', nothing, args, all, speedFlags);
  }

  /** Ends the job of a disk (virDomainBlockJobAbort). */
  async abortBlockJob(disk: string, options: AbortBlockJobOptions = {}): Promise<void> {
    const args = [text('disk', disk)];
    return this.call(
      'virDomainBlockJobAbort',
      'stopped from its block job',
      nothing,
      args,
      options,
      abortFlags,
    );
  }
}

const bandwidthOf = ({ bandwidthBytesPerSecond = 0 }: BlockJobSpeedOptions) =>
  bandwidth(bandwidthBytesPerSecond);

const bandwidth = (bytesPerSecond: number) =>
  unsigned('bandwidthBytesPerSecond', bytesPerSecond, Number.MAX_SAFE_INTEGER);

const typeOf = wordOf(blockJobTypes);

/** Where there is no job, libvirt leaves all fields 0. No type of job has the number 0. */
export function blockJobInfo([type, bandwidth, cur, end]: readonly [
  number,
  number | bigint,
  number | bigint,
  number | bigint,
]): BlockJobInfo | null {
  if (type === 0) return null;
  return {
    type: typeOf(type),
    bandwidthBytesPerSecond: exactNumber(bandwidth),
    cur: exactNumber(cur),
    end: exactNumber(end),
  };
}
