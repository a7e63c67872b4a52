import { asIs, exactNumber, nothing, wordOf } from '../calls/answers.js';
import type { CallOptions } from '../calls/call-options.js';
import { noFlags, type Flags } from '../calls/flags.js';
import { oneOf } from '../calls/values.js';
import { DomainMetadata } from './metadata.js';
import { impactFlags, type ImpactOptions } from './impact.js';

/** libvirt's virDomainControlState. */
const controlStates = ['ok', 'job', 'occupied', 'error'] as const;

/** libvirt's virDomainControlErrorReason. */
const controlErrors = ['none', 'unknown', 'monitor', 'internal'] as const;

/** libvirt's virDomainLifecycle. */
const lifecycles = ['poweroff', 'reboot', 'crash'] as const;

/** libvirt's virDomainLifecycleAction. */
const actions = [
  'destroy',
  'restart',
  'rename-restart',
  'preserve',
  'coredump-destroy',
  'coredump-restart',
  'preserve-running',
] as const;

/** Something that a guest does. */
export type LifecycleType = (typeof lifecycles)[number];

/** What is done then, in the words of libvirt's XML. `'preserve-running'` needs libvirt 12.6. */
export type LifecycleAction = (typeof actions)[number];

/** Whether libvirt can control a domain. */
export interface DomainControlInfo {
  /**
   * `'ok'`: it can. `'job'`: a job is under way. `'occupied'`: a command is being answered. `'error'`: it can only be
   * destroyed. `'unknown'` when it is newer than this library.
   */
  readonly state: (typeof controlStates)[number] | 'unknown';
  /** What is wrong in the state `'error'`; `'none'` in other states. */
  readonly error: (typeof controlErrors)[number];
  /** Since when it is in this state; 0 in the states `'ok'` and `'error'`. */
  readonly stateTimeMs: number;
}

/** Which messages to get. All of them, if none is chosen. */
export interface DomainMessagesOptions extends CallOptions {
  /** What the domain uses that will be removed. */
  readonly deprecation?: boolean;
  /** What was done to the domain that nobody supports. */
  readonly tainting?: boolean;
  /** What went wrong when its disks were read and written. Needs libvirt 11.1. */
  readonly ioErrors?: boolean;
}

/** Which of a domain's settings to change. Without options: that of now. With both: both. */
export type SetLifecycleActionOptions = ImpactOptions;

/** libvirt's virDomainMessageType. */
const messagesFlags: Flags<DomainMessagesOptions> = {
  deprecation: 1 << 0,
  tainting: 1 << 1,
  ioErrors: 1 << 2,
};

/** Whether a domain is well, and what happens when it is not. */
export abstract class DomainHealth extends DomainMetadata {
  /** Whether libvirt can control it (virDomainGetControlInfo). The domain has to run. */
  async controlInfo(options: CallOptions = {}): Promise<DomainControlInfo> {
    const participle = 'asked whether it can be controlled';
    return this.call('virDomainGetControlInfo', participle, controlInfo, [], options, noFlags);
  }

  /** Warnings about it, in English sentences (virDomainGetMessages). Needs libvirt 7.1. */
  async messages(options: DomainMessagesOptions = {}): Promise<string[]> {
    const participle = 'asked for its messages';
    return this.call('virDomainGetMessages', participle, asIs<string[]>, [], options, messagesFlags);
  }

  /** Sets what is done when the guest powers off, reboots or crashes (virDomainSetLifecycleAction). */
  async setLifecycleAction(
    type: LifecycleType,
    action: LifecycleAction,
    options: SetLifecycleActionOptions = {},
  ): Promise<void> {
    const args = [oneOf('type', type, lifecycles), oneOf('action', action, actions)];
    return this.call('virDomainSetLifecycleAction', 'set to an action', nothing, args, options, impactFlags);
  }
}

const stateOf = wordOf(controlStates);
const errorOf = wordOf(controlErrors);

function controlInfo([state, details, stateTime]: readonly [
  number,
  number,
  number | bigint,
]): DomainControlInfo {
  return { state: stateOf(state), error: errorOf(details), stateTimeMs: exactNumber(stateTime) };
}
