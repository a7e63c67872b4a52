import { asIs } from '../calls/answers.js';
import type { CallOptions } from '../calls/call-options.js';
import type { Flags } from '../calls/flags.js';
import { integers, text } from '../calls/values.js';
import { agentTimeout, type AgentTimeout } from './agent-timeout.js';
import { DomainGraphics } from './graphics.js';

/** How to ask QEMU's monitor. */
export interface QemuMonitorCommandOptions extends CallOptions {
  /** The command is for people, such as `'info version'`, and so is the answer. Otherwise both are JSON. */
  readonly hmp?: boolean;
}

/** How to ask the guest's agent. */
export interface QemuAgentCommandOptions extends CallOptions {
  /** How long libvirt waits for the agent's answer; `'block'` unless given. */
  readonly agentTimeoutSeconds?: AgentTimeout;
}

/** An answer of QEMU's monitor. */
export interface QemuMonitorAnswer {
  readonly answer: string;
  /** File descriptors, which the caller has to close. */
  readonly files: readonly number[];
}

/** libvirt's virDomainQemuMonitorCommandFlags. */
const monitorFlags: Flags<QemuMonitorCommandOptions> = { hmp: 1 << 0 };

const agentFlags: Flags<QemuAgentCommandOptions> = { agentTimeoutSeconds: null };

/** Only for QEMU: what libvirt passes on without knowing it. libvirt doesn't support a domain that was changed so. */
export abstract class DomainQemu extends DomainGraphics {
  /**
   * Asks QEMU's monitor (virDomainQemuMonitorCommand).
   * @returns The answer as QEMU gave it.
   */
  async qemuMonitorCommand(command: string, options: QemuMonitorCommandOptions = {}): Promise<string> {
    const args = [text('command', command)];
    const participle = 'asked through its monitor';
    return this.call('virDomainQemuMonitorCommand', participle, asIs<string>, args, options, monitorFlags);
  }

  /**
   * Asks QEMU's monitor, and passes files to it and from it (virDomainQemuMonitorCommandWithFiles). Only a daemon on this
   * machine can take them. Needs libvirt 8.2.
   * @param files File descriptors. They may be closed when the promise has settled.
   */
  async qemuMonitorCommandWithFiles(
    command: string,
    files: readonly number[],
    options: QemuMonitorCommandOptions = {},
  ): Promise<QemuMonitorAnswer> {
    const args = [text('command', command), integers('files', files, 0x7fffffff)];
    return this.call(
      'virDomainQemuMonitorCommandWithFiles',
      'asked through its monitor',
      ([found, answer]: readonly [readonly number[], string]) => ({ answer, files: found }),
      args,
      options,
      monitorFlags,
    );
  }

  /**
   * Asks the guest's agent (virDomainQemuAgentCommand). The domain has to run.
   * @param command In JSON.
   * @returns The answer as the agent gave it, in JSON.
   */
  async qemuAgentCommand(command: string, options: QemuAgentCommandOptions = {}): Promise<string> {
    const { agentTimeoutSeconds = 'block' } = options;
    const args = [text('command', command), agentTimeout('agentTimeoutSeconds', agentTimeoutSeconds)];
    const participle = 'asked through its agent';
    return this.call('virDomainQemuAgentCommand', participle, asIs<string>, args, options, agentFlags);
  }
}
