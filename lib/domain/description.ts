import { asIs, nothing, toBigInt, exactNumber, yesOrNo } from '../calls/answers.js';
import type { CallOptions } from '../calls/call-options.js';
import { noFlags, type Flags } from '../calls/flags.js';
import { text, zeroOrOne } from '../calls/values.js';
import { domainState, stateName, type DomainState, type DomainStateName } from './domain-state.js';
import { DomainLifecycle } from './lifecycle.js';

/** What a domain uses. */
export interface DomainInfo {
  /** `'unknown'` when the state is newer than this library. */
  readonly state: DomainStateName;
  /** How much memory it may have, in KiB. */
  readonly maxMemoryKiB: number;
  /** How much memory it has, in KiB. */
  readonly memoryKiB: number;
  readonly vcpus: number;
  /** The time that the host's cpus have worked for it, in nanoseconds. It passes 2^53 after 104 days of one cpu. */
  readonly cpuTimeNs: bigint;
}

/** Which description of a domain to get. */
export interface DomainXmlOptions extends CallOptions {
  /** With passwords. Needs a connection that isn't read-only. */
  readonly secure?: boolean;
  /** That for its next start, although it runs. */
  readonly inactive?: boolean;
  /** With the features of the cpu that the host provides. */
  readonly updateCpu?: boolean;
  /** As another host needs it for a migration. */
  readonly migratable?: boolean;
}

/** libvirt's virDomainXMLFlags. */
const xmlFlags: Flags<DomainXmlOptions> = {
  secure: 1 << 0,
  inactive: 1 << 1,
  updateCpu: 1 << 2,
  migratable: 1 << 3,
};

/** What a domain is, and how its definition is kept. */
export abstract class DomainDescription extends DomainLifecycle {
  /** Its present state (virDomainGetState). */
  async state(options: CallOptions = {}): Promise<DomainState> {
    return this.call('virDomainGetState', 'asked for its state', domainState, [], options, noFlags);
  }

  /** Its state, and what it uses (virDomainGetInfo). */
  async info(options: CallOptions = {}): Promise<DomainInfo> {
    return this.call('virDomainGetInfo', 'asked what it uses', domainInfo, [], options);
  }

  /** Its definition, in libvirt's XML (virDomainGetXMLDesc). */
  async xml(options: DomainXmlOptions = {}): Promise<string> {
    return this.call('virDomainGetXMLDesc', 'described', asIs<string>, [], options, xmlFlags);
  }

  /** Whether it runs (virDomainIsActive). */
  async isActive(options: CallOptions = {}): Promise<boolean> {
    return this.call('virDomainIsActive', 'asked whether it is active', yesOrNo, [], options);
  }

  /** Whether its definition stays when it stops (virDomainIsPersistent). */
  async isPersistent(options: CallOptions = {}): Promise<boolean> {
    return this.call('virDomainIsPersistent', 'asked whether it is persistent', yesOrNo, [], options);
  }

  /** Whether its definition was changed since it started (virDomainIsUpdated). */
  async isUpdated(options: CallOptions = {}): Promise<boolean> {
    return this.call('virDomainIsUpdated', 'asked whether it was updated', yesOrNo, [], options);
  }

  /** What its operating system expects: `'hvm'`, `'linux'` … (virDomainGetOSType). */
  async osType(options: CallOptions = {}): Promise<string> {
    return this.call('virDomainGetOSType', 'asked for its type', asIs<string>, [], options);
  }

  /** Whether it starts with the host (virDomainGetAutostart). */
  async autostart(options: CallOptions = {}): Promise<boolean> {
    return this.call('virDomainGetAutostart', 'asked whether it starts with the host', yesOrNo, [], options);
  }

  /** Lets it start with the host, or not (virDomainSetAutostart). */
  async setAutostart(autostart: boolean, options: CallOptions = {}): Promise<void> {
    const args = [zeroOrOne('autostart', autostart)];
    return this.call('virDomainSetAutostart', 'set to start with the host', nothing, args, options);
  }

  /** Whether it starts with the host's next start only (virDomainGetAutostartOnce). Needs libvirt 11.2. */
  async autostartOnce(options: CallOptions = {}): Promise<boolean> {
    return this.call('virDomainGetAutostartOnce', 'asked whether it starts once', yesOrNo, [], options);
  }

  /** Lets it start with the host's next start only, or not (virDomainSetAutostartOnce). Needs libvirt 11.2. */
  async setAutostartOnce(autostart: boolean, options: CallOptions = {}): Promise<void> {
    const args = [zeroOrOne('autostart', autostart)];
    return this.call('virDomainSetAutostartOnce', 'set to start once', nothing, args, options);
  }

  /** Gives a stopped domain another name (virDomainRename). This object keeps the old one in its `name`. */
  async rename(name: string, options: CallOptions = {}): Promise<void> {
    return this.call('virDomainRename', 'renamed', nothing, [text('name', name)], options, noFlags);
  }
}

function domainInfo([state, maxMemoryKiB, memoryKiB, vcpus, cpuTimeNs]: readonly [
  number,
  number | bigint,
  number | bigint,
  number,
  number | bigint,
]): DomainInfo {
  return {
    state: stateName(state),
    maxMemoryKiB: exactNumber(maxMemoryKiB),
    memoryKiB: exactNumber(memoryKiB),
    vcpus,
    cpuTimeNs: toBigInt(cpuTimeNs),
  };
}
