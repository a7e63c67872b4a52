import { asIs, nothing } from '../calls/answers.js';
import { also } from '../calls/also.js';
import type { CallOptions } from '../calls/call-options.js';
import { flagsOf, noFlags, type Flags } from '../calls/flags.js';
import { text, zeroOrOne } from '../calls/values.js';
import { agentTimeout, type AgentTimeout } from './agent-timeout.js';
import { DomainCoreDump } from './core-dump.js';
import { infoSelectors, infoTypes, type GuestInfoOptions } from './guest-info-options.js';
import { guestInfo, type GuestInfo } from './guest-info.js';
import { checkedTime, domainTime, type DomainTime } from './domain-time.js';
import { cpuList, guestVcpus, type GuestVcpus } from './guest-vcpus.js';

/** Who to ask for the name of a guest. */
export interface HostnameOptions extends CallOptions {
  /** The leases of the host's networks, or the guest's agent. The hypervisor chooses one unless it is given. */
  readonly source?: 'lease' | 'agent';
}

/** How to set a password. */
export interface SetUserPasswordOptions extends CallOptions {
  /** The password is encrypted already, as the guest keeps it. */
  readonly encrypted?: boolean;
}

/** libvirt's virDomainGetHostnameFlags. */
const hostnameFlags: Flags<HostnameOptions> = { source: { lease: 1 << 0, agent: 1 << 1 } };

/** libvirt's virDomainSetTimeFlags. */
const timeFlags: Flags<CallOptions & { readonly sync?: boolean }> = { sync: 1 << 0 };

/** libvirt's virDomainSetUserPasswordFlags. */
const passwordFlags: Flags<SetUserPasswordOptions> = { encrypted: 1 << 0 };

/** What the agent in the guest tells and does. All of it needs a running domain, and with QEMU the agent. */
export abstract class DomainGuestAgent extends DomainCoreDump {
  /** How long libvirt waits for an answer of the agent (virDomainAgentSetResponseTimeout). */
  async setAgentResponseTimeout(seconds: AgentTimeout, options: CallOptions = {}): Promise<void> {
    const args = [agentTimeout('seconds', seconds)];
    const participle = 'given a timeout for its agent';
    return this.call('virDomainAgentSetResponseTimeout', participle, nothing, args, options, noFlags);
  }

  /**
   * What the guest tells of itself (virDomainGetGuestInfo). The options select what is asked for; without them it is all
   * that the hypervisor can tell. Things that were selected are an error if the agent can't tell them.
   */
  async guestInfo(options: GuestInfoOptions = {}): Promise<GuestInfo> {
    const args = [flagsOf(options, infoTypes)];
    return this.call(
      'virDomainGetGuestInfo',
      'asked about its guest',
      guestInfo,
      args,
      options,
      infoSelectors,
    );
  }

  /** The name of the guest (virDomainGetHostname). */
  async hostname(options: HostnameOptions = {}): Promise<string> {
    return this.call(
      'virDomainGetHostname',
      'asked for its hostname',
      asIs<string>,
      [],
      options,
      hostnameFlags,
    );
  }

  /** The guest's clock (virDomainGetTime). */
  async time(options: CallOptions = {}): Promise<DomainTime> {
    return this.call('virDomainGetTime', 'asked for its time', domainTime, [], options, noFlags);
  }

  /**
   * Sets the guest's clock (virDomainSetTime).
   * @param time `'rtc'` for the time of the clock that the domain's hardware has.
   */
  async setTime(time: DomainTime | 'rtc', options: CallOptions = {}): Promise<void> {
    const { seconds, nanoseconds = 0 } = time === 'rtc' ? { seconds: 0 } : checkedTime(time);
    const args = [seconds, nanoseconds];
    const all = also(options, { sync: time === 'rtc' });
    return this.call('virDomainSetTime', 'set to a time', nothing, args, all, timeFlags);
  }

  /** Sets the password of a user of the guest (virDomainSetUserPassword). */
  async setUserPassword(user: string, password: string, options: SetUserPasswordOptions = {}): Promise<void> {
    const args = [text('user', user), text('password', password)];
    return this.call('virDomainSetUserPassword', 'given a password', nothing, args, options, passwordFlags);
  }

  /** The cpus that the guest sees (virDomainGetGuestVcpus). */
  async guestVcpus(options: CallOptions = {}): Promise<GuestVcpus> {
    return this.call(
      'virDomainGetGuestVcpus',
      'asked for its guest’s cpus',
      guestVcpus,
      [],
      options,
      noFlags,
    );
  }

  /** Lets the guest use some of its cpus, or not (virDomainSetGuestVcpus). */
  async setGuestVcpus(cpus: readonly number[], online: boolean, options: CallOptions = {}): Promise<void> {
    const args = [cpuList('cpus', cpus), zeroOrOne('online', online)];
    return this.call('virDomainSetGuestVcpus', 'given guest’s cpus', nothing, args, options, noFlags);
  }
}
