import { asIs, exactNumber, nothing, wordOf } from '../calls/answers.js';
import type { CallOptions } from '../calls/call-options.js';
import { noFlags } from '../calls/flags.js';
import { parametersAs, parametersOf } from '../calls/parameters.js';
import { text, unsigned, unsigned64 } from '../calls/values.js';
import {
  blockIoTune,
  blockStats,
  diskErrors,
  resizeFlags,
  sizeInBytes,
  type BlockInfo,
  type BlockIoTune,
  type BlockResizeOptions,
  type BlockStats,
  type DiskError,
} from './block-options.js';
import { DomainDevices } from './devices.js';
import { impactFlags, type ImpactOptions } from './impact.js';
import { mostPeekBytes } from './memory.js';

/** The disks of a domain. A disk is named by its target, such as `'vda'`, or by the path of its file or device. */
export abstract class DomainBlockDevices extends DomainDevices {
  /** The size of a disk (virDomainGetBlockInfo). */
  async blockInfo(disk: string, options: CallOptions = {}): Promise<BlockInfo> {
    const args = [text('disk', disk)];
    return this.call(
      'virDomainGetBlockInfo',
      'asked for the size of a disk',
      blockInfo,
      args,
      options,
      noFlags,
    );
  }

  /** What was read from a disk and written to it (virDomainBlockStatsFlags). @param disk QEMU takes `''` for all disks together. */
  async blockStats(disk: string, options: CallOptions = {}): Promise<BlockStats> {
    const args = [text('disk', disk), 0];
    const read = parametersAs<BlockStats>(blockStats);
    return this.call('virDomainBlockStatsFlags', 'asked for what a disk does', read, args, options, noFlags);
  }

  /**
   * Reads from a disk of a running domain (virDomainBlockPeek).
   * @param size How many bytes. libvirt's protocol takes no more than 4 MiB.
   */
  async blockPeek(
    disk: string,
    offset: number | bigint,
    size: number,
    options: CallOptions = {},
  ): Promise<Buffer> {
    const args = [text('disk', disk), unsigned64('offset', offset), unsigned('size', size, mostPeekBytes)];
    return this.call('virDomainBlockPeek', 'looked into', asIs<Buffer>, args, options, noFlags);
  }

  /** Makes a disk of a running domain greater or smaller (virDomainBlockResize). */
  async blockResize(
    disk: string,
    sizeBytes: number | bigint,
    options: BlockResizeOptions = {},
  ): Promise<void> {
    const args = [text('disk', disk), unsigned64('sizeBytes', sizeBytes)];
    const name = 'virDomainBlockResize';
    return this.call(name, 'given a disk of another size', nothing, args, options, resizeFlags, sizeInBytes);
  }

  /** The disks that have met an error since the domain was resumed (virDomainGetDiskErrors). */
  async diskErrors(options: CallOptions = {}): Promise<DiskError[]> {
    return this.call(
      'virDomainGetDiskErrors',
      'asked for errors of disks',
      errorsFound,
      [],
      options,
      noFlags,
    );
  }

  /**
   * Lets an event `'block-threshold'` come when something is written beyond a place of a disk
   * (virDomainSetBlockThreshold). It comes once.
   * @param device The target of a disk, or one of the images below it: `'vda[3]'`.
   */
  async setBlockThreshold(device: string, bytes: number | bigint, options: CallOptions = {}): Promise<void> {
    const args = [text('device', device), unsigned64('bytes', bytes)];
    return this.call('virDomainSetBlockThreshold', 'given a threshold', nothing, args, options, noFlags);
  }

  /** How much the guest may use a disk (virDomainGetBlockIoTune). */
  async blockIoTune(disk: string, options: ImpactOptions = {}): Promise<BlockIoTune> {
    const args = [text('disk', disk), 0];
    const read = parametersAs<BlockIoTune>(blockIoTune);
    return this.call(
      'virDomainGetBlockIoTune',
      'asked for limits of a disk',
      read,
      args,
      options,
      impactFlags,
    );
  }

  /** Sets how much the guest may use a disk (virDomainSetBlockIoTune). Kinds of limits that aren't given stay. */
  async setBlockIoTune(disk: string, tune: BlockIoTune, options: ImpactOptions = {}): Promise<void> {
    const args = [text('disk', disk), parametersOf('limits of a disk', tune, blockIoTune)];
    return this.call(
      'virDomainSetBlockIoTune',
      'given limits of a disk',
      nothing,
      args,
      options,
      impactFlags,
    );
  }

  /** Makes or changes a group of limits, to which disks can belong (virDomainSetThrottleGroup). Needs libvirt 11.2. */
  async setThrottleGroup(group: string, tune: BlockIoTune, options: ImpactOptions = {}): Promise<void> {
    const args = [text('group', group), parametersOf('limits of a group', tune, blockIoTune)];
    return this.call(
      'virDomainSetThrottleGroup',
      'given a throttle group',
      nothing,
      args,
      options,
      impactFlags,
    );
  }

  /** Removes a group of limits to which no disk belongs (virDomainDelThrottleGroup). Needs libvirt 11.2. */
  async deleteThrottleGroup(group: string, options: ImpactOptions = {}): Promise<void> {
    const args = [text('group', group)];
    return this.call(
      'virDomainDelThrottleGroup',
      'freed of a throttle group',
      nothing,
      args,
      options,
      impactFlags,
    );
  }
}

function blockInfo([capacity, allocation, physical]: readonly [
  number | bigint,
  number | bigint,
  number | bigint,
]): BlockInfo {
  return {
    capacityBytes: exactNumber(capacity),
    allocationBytes: exactNumber(allocation),
    physicalBytes: exactNumber(physical),
  };
}

const errorOf = wordOf(diskErrors);

function errorsFound(found: readonly (readonly [disk: string, error: number])[]): DiskError[] {
  return found.map(([disk, error]) => ({ disk, error: errorOf(error) }));
}
