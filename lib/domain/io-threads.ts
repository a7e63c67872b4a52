import { nothing } from '../calls/answers.js';
import { cpusOf, mapOf } from '../calls/cpu-set.js';
import { parametersOf, type Parameters } from '../calls/parameters.js';
import { unsigned } from '../calls/values.js';
import { impactFlags, type ImpactOptions } from './impact.js';
import { DomainPinning } from './pinning.js';

/** A thread that serves disks of a domain. */
export interface IoThread {
  readonly id: number;
  /** The host's cpus on which it may be. */
  readonly cpus: readonly number[];
}

/** How an I/O thread works. Which values are possible depends on the hypervisor. */
export interface IoThreadParameters {
  /** How long it looks for requests before it sleeps, in nanoseconds. It adapts the time between 0 and this. */
  readonly pollMaxNs?: number;
  /** How the time grows; 0 for the hypervisor's own value. */
  readonly pollGrow?: number;
  /** How the time shrinks; 0 for the hypervisor's own value. */
  readonly pollShrink?: number;
  /** How little the last request counts, from 1 to 63; 0 for the hypervisor's own value. Needs libvirt 12.7. */
  readonly pollWeight?: number;
  /** The fewest threads that it keeps. Needs libvirt 8.5. */
  readonly threadPoolMin?: number;
  /** The most threads that it starts. Needs libvirt 8.5. */
  readonly threadPoolMax?: number;
}

/** libvirt's VIR_DOMAIN_IOTHREAD_…. */
export const ioThreadParameters: Parameters<IoThreadParameters> = {
  pollMaxNs: ['poll_max_ns', 'ullong'],
  pollGrow: ['poll_grow', 'uint'],
  pollShrink: ['poll_shrink', 'uint'],
  pollWeight: ['poll_weight', 'uint'],
  threadPoolMin: ['thread_pool_min', 'signed'],
  threadPoolMax: ['thread_pool_max', 'signed'],
};

/** The I/O threads of a domain. */
export abstract class DomainIoThreads extends DomainPinning {
  /** Its I/O threads (virDomainGetIOThreadInfo). */
  async ioThreads(options: ImpactOptions = {}): Promise<IoThread[]> {
    return this.call(
      'virDomainGetIOThreadInfo',
      'asked for its I/O threads',
      threads,
      [],
      options,
      impactFlags,
    );
  }

  /** Adds an I/O thread (virDomainAddIOThread). @param id A positive number that no other has. */
  async addIoThread(id: number, options: ImpactOptions = {}): Promise<void> {
    const args = [unsigned('id', id)];
    return this.call('virDomainAddIOThread', 'given an I/O thread', nothing, args, options, impactFlags);
  }

  /** Removes an I/O thread that no disk uses (virDomainDelIOThread). */
  async deleteIoThread(id: number, options: ImpactOptions = {}): Promise<void> {
    const args = [unsigned('id', id)];
    return this.call('virDomainDelIOThread', 'freed of an I/O thread', nothing, args, options, impactFlags);
  }

  /** Sets how an I/O thread of a running domain works (virDomainSetIOThreadParams). What isn't given stays. */
  async setIoThreadParameters(
    id: number,
    parameters: IoThreadParameters,
    options: ImpactOptions = {},
  ): Promise<void> {
    const args = [unsigned('id', id), parametersOf('I/O thread parameters', parameters, ioThreadParameters)];
    const name = 'virDomainSetIOThreadParams';
    return this.call(name, 'given parameters for an I/O thread', nothing, args, options, impactFlags);
  }

  /** Sets on which of the host's cpus an I/O thread may be (virDomainPinIOThread). */
  async pinIoThread(id: number, cpus: readonly number[], options: ImpactOptions = {}): Promise<void> {
    const args = [unsigned('id', id), mapOf('cpus', cpus)];
    return this.call('virDomainPinIOThread', 'pinned', nothing, args, options, impactFlags);
  }
}

function threads(found: readonly (readonly [id: number, map: Uint8Array])[]): IoThread[] {
  return found.map(([id, map]) => ({ id, cpus: cpusOf(map) }));
}
