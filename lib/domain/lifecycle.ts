import { nothing } from '../calls/answers.js';
import type { CallOptions } from '../calls/call-options.js';
import { noFlags, type Flags } from '../calls/flags.js';
import { LibvirtObject } from '../calls/libvirt-object.js';
import { integers } from '../calls/values.js';
import type { DomainHandle } from '../native.js';

/** How to start a defined domain. */
export interface StartDomainOptions extends CallOptions {
  /** Starts it with its cpus stopped; {@link DomainLifecycle.resume} lets them run. */
  readonly paused?: boolean;
  /** Destroys it when the connection that started it ends. */
  readonly autodestroy?: boolean;
  /** Reads a saved state without the host's cache for files. */
  readonly bypassCache?: boolean;
  /** Drops the state that `managedSave` has saved, and boots. */
  readonly forceBoot?: boolean;
  /** Resets the variables of its firmware. Needs libvirt 8.1. */
  readonly resetNvram?: boolean;
  /**
   * File descriptors for the domain's first process; only containers take them, on this machine. They may be closed when
   * the promise has settled.
   */
  readonly files?: readonly number[];
}

/** How to ask a domain to shut down or to reboot. */
export interface StopDomainOptions extends CallOptions {
  /** The way in which the guest is asked. The hypervisor chooses one unless it is given. */
  readonly mode?: 'acpi' | 'agent' | 'initctl' | 'signal' | 'paravirt';
}

/** How to destroy a domain. */
export interface DestroyDomainOptions extends CallOptions {
  /** Fails rather than kill a hypervisor that doesn't end when it is asked to. */
  readonly graceful?: boolean;
  /** Removes its log files too. Needs libvirt 8.3. */
  readonly removeLogs?: boolean;
}

/** What to remove or to keep of a domain that is undefined. Without one of them libvirt refuses if there is such a thing. */
export interface UndefineDomainOptions extends CallOptions {
  /** Removes the state that `managedSave` has saved. */
  readonly managedSave?: boolean;
  readonly snapshotsMetadata?: boolean;
  readonly checkpointsMetadata?: boolean;
  /** True removes the variables of its firmware, and false keeps them. */
  readonly nvram?: boolean;
  /** True removes the state of its TPM, and false keeps it. Needs libvirt 8.9. */
  readonly tpm?: boolean;
}

/** libvirt's virDomainCreateFlags. */
const startFlags: Flags<StartDomainOptions> = {
  paused: 1 << 0,
  autodestroy: 1 << 1,
  bypassCache: 1 << 2,
  forceBoot: 1 << 3,
  resetNvram: 1 << 5,
  files: null,
};

/** libvirt's virDomainShutdownFlagValues; virDomainRebootFlagValues has the same numbers. */
const stopFlags: Flags<StopDomainOptions> = {
  mode: { acpi: 1 << 0, agent: 1 << 1, initctl: 1 << 2, signal: 1 << 3, paravirt: 1 << 4 },
};

/** libvirt's virDomainDestroyFlagsValues. */
const destroyFlags: Flags<DestroyDomainOptions> = { graceful: 1 << 0, removeLogs: 1 << 1 };

/** libvirt's virDomainUndefineFlagsValues. */
const undefineFlags: Flags<UndefineDomainOptions> = {
  managedSave: 1 << 0,
  snapshotsMetadata: 1 << 1,
  nvram: [1 << 2, 1 << 3],
  checkpointsMetadata: 1 << 4,
  tpm: [1 << 5, 1 << 6],
};

/** How a domain starts, pauses and ends. */
export abstract class DomainLifecycle extends LibvirtObject<DomainHandle> {
  /** Starts a defined domain (virDomainCreateWithFlags; with `files` virDomainCreateWithFiles). */
  async create(options: StartDomainOptions = {}): Promise<void> {
    if (options.files !== undefined) {
      const args = [integers('files', options.files, 0x7fffffff)];
      return this.call('virDomainCreateWithFiles', 'started', nothing, args, options, startFlags);
    }
    return this.call('virDomainCreateWithFlags', 'started', nothing, [], options, startFlags);
  }

  /** Pauses it; it keeps its memory (virDomainSuspend). */
  async suspend(options: CallOptions = {}): Promise<void> {
    return this.call('virDomainSuspend', 'suspended', nothing, [], options);
  }

  /** Continues it after {@link suspend} (virDomainResume). */
  async resume(options: CallOptions = {}): Promise<void> {
    return this.call('virDomainResume', 'resumed', nothing, [], options);
  }

  /**
   * Asks the guest to shut down (virDomainShutdownFlags). Resolves when it was asked. That it has ended is an event:
   * `'lifecycle'` with `event: 'stopped'`.
   */
  async shutdown(options: StopDomainOptions = {}): Promise<void> {
    return this.call('virDomainShutdownFlags', 'shut down', nothing, [], options, stopFlags);
  }

  /** Asks the guest to reboot (virDomainReboot). Resolves when it was asked. */
  async reboot(options: StopDomainOptions = {}): Promise<void> {
    return this.call('virDomainReboot', 'rebooted', nothing, [], options, stopFlags);
  }

  /** Restarts it at once, like its reset button (virDomainReset). */
  async reset(options: CallOptions = {}): Promise<void> {
    return this.call('virDomainReset', 'reset', nothing, [], options, noFlags);
  }

  /** Ends it at once, as if its power were cut (virDomainDestroyFlags). */
  async destroy(options: DestroyDomainOptions = {}): Promise<void> {
    return this.call('virDomainDestroyFlags', 'destroyed', nothing, [], options, destroyFlags);
  }

  /** Removes its definition (virDomainUndefineFlags). A domain that runs goes on, and is gone when it ends. */
  async undefine(options: UndefineDomainOptions = {}): Promise<void> {
    return this.call('virDomainUndefineFlags', 'undefined', nothing, [], options, undefineFlags);
  }
}
