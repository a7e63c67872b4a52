import { nothing } from '../calls/answers.js';
import type { CallOptions } from '../calls/call-options.js';
import { noFlags, type Flags } from '../calls/flags.js';
import { integer, integers, oneOf, unsigned, unsigned64 } from '../calls/values.js';
import { DomainGuestFiles } from './guest-files.js';
import { signals, type ProcessSignal } from './process-signals.js';

/** libvirt's virKeycodeSet, in virsh's words. */
const codesets = [
  'linux',
  'xt',
  'atset1',
  'atset2',
  'atset3',
  'os_x',
  'xt_kbd',
  'usb',
  'win32',
  'qnum',
] as const;

/** libvirt's virNodeSuspendTarget. */
export const suspendTargets = ['mem', 'disk', 'hybrid'] as const;

/** Where a guest that suspends itself keeps its memory. */
export type SuspendTarget = (typeof suspendTargets)[number];

/** How to press keys. */
export interface SendKeyOptions extends CallOptions {
  /** What the numbers of the keys mean; `'linux'` unless given. */
  readonly codeset?: (typeof codesets)[number];
  /** How long the keys are held; 0 unless given, which lets the hypervisor choose. */
  readonly holdTimeMs?: number;
}

/** How a guest suspends itself. */
export interface PmSuspendOptions extends CallOptions {
  /** When it wakes up again; 0 unless given, for never by itself. QEMU takes only 0. */
  readonly durationSeconds?: number | bigint;
}

const sendKeyFlags: Flags<SendKeyOptions> = { codeset: null, holdTimeMs: null };
const suspendFlags: Flags<PmSuspendOptions> = { durationSeconds: null };

/** What the guest of a running domain is made to do. */
export abstract class DomainGuestInput extends DomainGuestFiles {
  /** Sends the guest an interrupt that can't be masked (virDomainInjectNMI). */
  async injectNmi(options: CallOptions = {}): Promise<void> {
    return this.call('virDomainInjectNMI', 'interrupted', nothing, [], options, noFlags);
  }

  /** Presses keys of the guest's keyboard together, at most 16 (virDomainSendKey). */
  async sendKey(keys: readonly number[], options: SendKeyOptions = {}): Promise<void> {
    const { codeset = 'linux', holdTimeMs = 0 } = options;
    const args = [
      oneOf('codeset', codeset, codesets),
      unsigned('holdTimeMs', holdTimeMs),
      integers('keys', keys),
    ];
    return this.call('virDomainSendKey', 'sent keys', nothing, args, options, sendKeyFlags);
  }

  /**
   * Sends a signal to a process of the guest (virDomainSendProcessSignal). Only containers have that.
   * @param pid A negative number is a group of processes.
   */
  async sendProcessSignal(pid: number, signal: ProcessSignal, options: CallOptions = {}): Promise<void> {
    const args = [
      integer('pid', pid, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
      oneOf('signal', signal, signals),
    ];
    return this.call('virDomainSendProcessSignal', 'sent a signal', nothing, args, options, noFlags);
  }

  /** Lets the guest suspend itself (virDomainPMSuspendForDuration). With QEMU it needs the guest's agent. */
  async pmSuspend(target: SuspendTarget, options: PmSuspendOptions = {}): Promise<void> {
    const { durationSeconds = 0 } = options;
    const args = [oneOf('target', target, suspendTargets), unsigned64('durationSeconds', durationSeconds)];
    return this.call(
      'virDomainPMSuspendForDuration',
      'made to suspend itself',
      nothing,
      args,
      options,
      suspendFlags,
    );
  }

  /** Wakes up a guest that has suspended itself (virDomainPMWakeup). */
  async pmWakeup(options: CallOptions = {}): Promise<void> {
    return this.call('virDomainPMWakeup', 'woken up', nothing, [], options, noFlags);
  }
}
