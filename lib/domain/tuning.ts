import { nothing } from '../calls/answers.js';
import { checkedFlags } from '../calls/flags.js';
import { parametersAs, parametersOf } from '../calls/parameters.js';
import { timeLeft } from '../calls/time-left.js';
import type { CallOptions } from '../calls/call-options.js';
import { blkioArgument, blkioParametersFound, type BlkioParameters } from './blkio-parameters.js';
import { impactFlags, type ImpactOptions } from './impact.js';
import { DomainIoThreads } from './io-threads.js';
import {
  perfEvents,
  schedulerParameters,
  type PerfEvents,
  type SchedulerParameters,
} from './tuning-options.js';

/** What share of the host a domain gets, and what the host counts for it. */
export abstract class DomainTuning extends DomainIoThreads {
  /** The scheduler of its cpu time: `'posix'`, `'credit'`, `'fair'` … (virDomainGetSchedulerType). */
  async schedulerType(options: CallOptions = {}): Promise<string> {
    const read = ([type]: SchedulerType) => type;
    return this.call('virDomainGetSchedulerType', 'asked for its scheduler', read, [], options);
  }

  /** How much cpu time it gets (virDomainGetSchedulerParametersFlags). Its scheduler decides what there is. */
  async schedulerParameters(options: ImpactOptions = {}): Promise<SchedulerParameters> {
    const name = 'virDomainGetSchedulerParametersFlags';
    const bits = checkedFlags(name, options, impactFlags);
    const left = timeLeft(name, options, impactFlags);
    const count = await this.#schedulerParameterCount(limitsOf(left()));
    if (count === 0) return {};
    const read = parametersAs<SchedulerParameters>(schedulerParameters);
    const args = [Math.min(count, mostParameters)];
    const participle = 'asked for its cpu time';
    // libvirt adds a flag to those of the other function, and its test driver takes none.
    return bits === 0
      ? this.call('virDomainGetSchedulerParameters', participle, read, args, limitsOf(left()))
      : this.call(name, participle, read, args, left(), impactFlags);
  }

  /** Sets how much cpu time it gets (virDomainSetSchedulerParametersFlags). What isn't given stays. */
  async setSchedulerParameters(parameters: SchedulerParameters, options: ImpactOptions = {}): Promise<void> {
    const args = [parametersOf('scheduler parameters', parameters, schedulerParameters)];
    const name = 'virDomainSetSchedulerParametersFlags';
    return this.call(name, 'given cpu time', nothing, args, options, impactFlags);
  }

  /** How much it may use the host's block devices (virDomainGetBlkioParameters). */
  async blkioParameters(options: ImpactOptions = {}): Promise<BlkioParameters> {
    const name = 'virDomainGetBlkioParameters';
    return this.call(name, 'asked for its I/O shares', blkioParametersFound, [0], options, impactFlags);
  }

  /**
   * Sets how much it may use the host's block devices (virDomainSetBlkioParameters). What isn't given stays, and so do
   * devices that aren't given. A 0 takes the limit of a device away.
   */
  async setBlkioParameters(parameters: BlkioParameters, options: ImpactOptions = {}): Promise<void> {
    const args = [blkioArgument(parameters)];
    return this.call('virDomainSetBlkioParameters', 'given I/O shares', nothing, args, options, impactFlags);
  }

  /** Which perf events are counted for it (virDomainGetPerfEvents). */
  async perfEvents(options: ImpactOptions = {}): Promise<PerfEvents> {
    const read = parametersAs<PerfEvents>(perfEvents);
    return this.call('virDomainGetPerfEvents', 'asked for its perf events', read, [], options, impactFlags);
  }

  /** Starts or ends the counting of perf events (virDomainSetPerfEvents). Those that aren't given stay as they are. */
  async setPerfEvents(events: PerfEvents, options: ImpactOptions = {}): Promise<void> {
    const args = [parametersOf('perf events', events, perfEvents)];
    return this.call('virDomainSetPerfEvents', 'given perf events', nothing, args, options, impactFlags);
  }

  async #schedulerParameterCount(limits: CallOptions): Promise<number> {
    const read = ([, count]: SchedulerType) => count;
    return this.call('virDomainGetSchedulerType', 'asked for its scheduler', read, [], limits);
  }
}

/** What virDomainGetSchedulerType answers: the scheduler, and how many parameters it has. */
type SchedulerType = readonly [type: string, count: number];

/** The addon's limit. libvirt has fewer. */
const mostParameters = 255;

const limitsOf = ({ timeout, signal }: CallOptions): CallOptions => ({
  ...(timeout !== undefined && { timeout }),
  ...(signal !== undefined && { signal }),
});
