import type { Parameters } from '../calls/parameters.js';

/**
 * How much cpu time a domain gets. A quota is how long something may work within each period, on all cpus together. A
 * negative quota is no limit.
 */
export interface SchedulerParameters {
  /** Its share compared with other domains, for the scheduler posix. */
  readonly cpuShares?: number;
  /** The whole domain, for the scheduler posix. */
  readonly globalPeriodUs?: number;
  readonly globalQuotaUs?: number;
  /** Each vcpu, for the scheduler posix. */
  readonly vcpuPeriodUs?: number;
  readonly vcpuQuotaUs?: number;
  /** The emulator without vcpus, for the scheduler posix. */
  readonly emulatorPeriodUs?: number;
  readonly emulatorQuotaUs?: number;
  /** Each I/O thread, for the scheduler posix. */
  readonly ioThreadPeriodUs?: number;
  readonly ioThreadQuotaUs?: number;
  /** Its share compared with other domains, for the scheduler credit. */
  readonly weight?: number;
  /** The most cpu time in percent of one cpu, for the scheduler credit. */
  readonly cap?: number;
  /** What it has in any case in MHz, for the scheduler allocation. */
  readonly reservation?: number;
  /** The most in MHz, for the scheduler allocation; -1 is no limit. */
  readonly limit?: number;
  /** Its share compared with other domains, for the scheduler allocation. */
  readonly shares?: number;
}

/** libvirt's VIR_DOMAIN_SCHEDULER_…. */
export const schedulerParameters: Parameters<SchedulerParameters> = {
  cpuShares: ['cpu_shares', 'ullong'],
  globalPeriodUs: ['global_period', 'ullong'],
  globalQuotaUs: ['global_quota', 'llong'],
  vcpuPeriodUs: ['vcpu_period', 'ullong'],
  vcpuQuotaUs: ['vcpu_quota', 'llong'],
  emulatorPeriodUs: ['emulator_period', 'ullong'],
  emulatorQuotaUs: ['emulator_quota', 'llong'],
  ioThreadPeriodUs: ['iothread_period', 'ullong'],
  ioThreadQuotaUs: ['iothread_quota', 'llong'],
  weight: ['weight', 'uint'],
  cap: ['cap', 'uint'],
  reservation: ['reservation', 'llong'],
  limit: ['limit', 'llong'],
  shares: ['shares', 'signed'],
};

/**
 * Which events of the host's cpus and of its kernel are counted for a domain; Linux calls them perf events. The counts
 * are in the group `perf` of the domain's statistics.
 */
export interface PerfEvents {
  /** How full the cpu's cache is; Intel's CMT. */
  readonly cmt?: boolean;
  /** The bandwidth of all memory; Intel's MBMT. */
  readonly mbmt?: boolean;
  /** The bandwidth of local memory; Intel's MBML. */
  readonly mbml?: boolean;
  readonly cpuCycles?: boolean;
  readonly instructions?: boolean;
  readonly cacheReferences?: boolean;
  readonly cacheMisses?: boolean;
  readonly branchInstructions?: boolean;
  readonly branchMisses?: boolean;
  readonly busCycles?: boolean;
  readonly stalledCyclesFrontend?: boolean;
  readonly stalledCyclesBackend?: boolean;
  readonly refCpuCycles?: boolean;
  readonly cpuClock?: boolean;
  readonly taskClock?: boolean;
  readonly pageFaults?: boolean;
  readonly contextSwitches?: boolean;
  readonly cpuMigrations?: boolean;
  readonly pageFaultsMin?: boolean;
  readonly pageFaultsMaj?: boolean;
  readonly alignmentFaults?: boolean;
  readonly emulationFaults?: boolean;
}

/** libvirt's VIR_PERF_PARAM_…. */
export const perfEvents: Parameters<PerfEvents> = {
  cmt: ['cmt', 'boolean'],
  mbmt: ['mbmt', 'boolean'],
  mbml: ['mbml', 'boolean'],
  cpuCycles: ['cpu_cycles', 'boolean'],
  instructions: ['instructions', 'boolean'],
  cacheReferences: ['cache_references', 'boolean'],
  cacheMisses: ['cache_misses', 'boolean'],
  branchInstructions: ['branch_instructions', 'boolean'],
  branchMisses: ['branch_misses', 'boolean'],
  busCycles: ['bus_cycles', 'boolean'],
  stalledCyclesFrontend: ['stalled_cycles_frontend', 'boolean'],
  stalledCyclesBackend: ['stalled_cycles_backend', 'boolean'],
  refCpuCycles: ['ref_cpu_cycles', 'boolean'],
  cpuClock: ['cpu_clock', 'boolean'],
  taskClock: ['task_clock', 'boolean'],
  pageFaults: ['page_faults', 'boolean'],
  contextSwitches: ['context_switches', 'boolean'],
  cpuMigrations: ['cpu_migrations', 'boolean'],
  pageFaultsMin: ['page_faults_min', 'boolean'],
  pageFaultsMaj: ['page_faults_maj', 'boolean'],
  alignmentFaults: ['alignment_faults', 'boolean'],
  emulationFaults: ['emulation_faults', 'boolean'],
};
