import { nothing } from '../calls/answers.js';
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
  type SchedulerInfo,
  type SchedulerParameters,
} from './tuning-options.js';

/** What share of the host a domain gets, and what the host counts for it. */
export abstract class DomainTuning extends DomainIoThreads {
  /**
   * Its scheduler, and how much cpu time that gives it (virDomainGetSchedulerType and
   * virDomainGetSchedulerParametersFlags).
   */
  async scheduler(options: ImpactOptions = {}): Promise<SchedulerInfo> {
    const name = 'virDomainGetSchedulerParametersFlags';
    const left = timeLeft(name, options, Object.keys(impactFlags));
    const [type, count] = await this.#schedulerType(left());
    if (count === 0) return { type, parameters: {} };
    const read = parametersAs<SchedulerParameters>(schedulerParameters);
    const args = [Math.min(count, mostParameters)];
    const parameters = await this.call(name, 'asked for its cpu shares', read, args, left(), impactFlags);
    return { type, parameters };
  }

  /** Sets how much cpu time it gets (virDomainSetSchedulerParametersFlags). What isn't given stays. */
  async setSchedulerParameters(parameters: SchedulerParameters, options: ImpactOptions = {}): Promise<void> {
    const args = [parametersOf('scheduler parameters', parameters, schedulerParameters)];
    const name = 'virDomainSetSchedulerParametersFlags';
    return this.call(name, 'given cpu shares', nothing, args, options, impactFlags);
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

  async #schedulerType(options: CallOptions): Promise<readonly [type: string, count: number]> {
    const { timeout, signal } = options;
    const limits: CallOptions = {
      ...(timeout === undefined ? {} : { timeout }),
      ...(signal === undefined ? {} : { signal }),
    };
    const read = (answer: readonly [string, number]) => answer;
    return this.call('virDomainGetSchedulerType', 'asked for its scheduler', read, [], limits);
  }
}

/** The addon's limit. libvirt has fewer. */
const mostParameters = 255;
