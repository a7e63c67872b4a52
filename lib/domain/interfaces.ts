import { bandwidth } from '../calls/bandwidth.js';
import { nothing, wordOf } from '../calls/answers.js';
import type { CallOptions } from '../calls/call-options.js';
import type { Flags } from '../calls/flags.js';
import { parametersAs, parametersOf } from '../calls/parameters.js';
import { oneOf, optionalText, text } from '../calls/values.js';
import { DomainBlockDevices } from './block-devices.js';
import { impactFlags, type ImpactOptions } from './impact.js';
import {
  addressSources,
  announceParameters,
  interfaceStats,
  ipAddressTypes,
  type AnnounceInterfaceOptions,
  type DomainInterface,
  type InterfaceAddressesOptions,
  type InterfaceParameters,
  type InterfaceStats,
} from './interface-options.js';

/** The network interfaces of a domain. One is named by its target on the host, such as `'vnet0'`, or by its MAC address. */
export abstract class DomainInterfaces extends DomainBlockDevices {
  /** What went through an interface of a running domain (virDomainInterfaceStats). */
  async interfaceStats(device: string, options: CallOptions = {}): Promise<InterfaceStats> {
    const args = [text('device', device)];
    return this.call(
      'virDomainInterfaceStats',
      'asked for what an interface does',
      statsFound,
      args,
      options,
    );
  }

  /** The addresses of its interfaces (virDomainInterfaceAddresses). */
  async interfaceAddresses(options: InterfaceAddressesOptions = {}): Promise<DomainInterface[]> {
    const { source = 'lease' } = options;
    const args = [oneOf('source', source, addressSources)];
    const name = 'virDomainInterfaceAddresses';
    return this.call(name, 'asked for its addresses', interfacesFound, args, options, sourceIsNoFlag);
  }

  /** How much the guest may use an interface (virDomainGetInterfaceParameters). */
  async interfaceParameters(device: string, options: ImpactOptions = {}): Promise<InterfaceParameters> {
    const args = [text('device', device), 0];
    const name = 'virDomainGetInterfaceParameters';
    const read = parametersAs<InterfaceParameters>(bandwidth);
    return this.call(name, 'asked for limits of an interface', read, args, options, impactFlags);
  }

  /** Sets how much the guest may use an interface (virDomainSetInterfaceParameters). A direction that isn't given stays. */
  async setInterfaceParameters(
    device: string,
    parameters: InterfaceParameters,
    options: ImpactOptions = {},
  ): Promise<void> {
    const args = [text('device', device), parametersOf('interface parameters', parameters, bandwidth)];
    const name = 'virDomainSetInterfaceParameters';
    return this.call(name, 'given limits of an interface', nothing, args, options, impactFlags);
  }

  /**
   * Sends packets that tell switches where the interfaces of a running domain are now (virDomainAnnounceInterface).
   * Needs libvirt 12.5.
   */
  async announceInterface(options: AnnounceInterfaceOptions = {}): Promise<void> {
    const { device, initialMs, maxMs, stepMs, rounds } = options;
    const given = Object.entries({ initialMs, maxMs, stepMs, rounds }).filter(
      ([, value]) => value !== undefined,
    );
    const parameters = parametersOf('announceInterface', Object.fromEntries(given), announceParameters);
    const args = [optionalText('device', device), parameters];
    return this.call('virDomainAnnounceInterface', 'announced', nothing, args, options, announceHasNoFlags);
  }
}

const sourceIsNoFlag: Flags<InterfaceAddressesOptions> = { source: null };

const announceHasNoFlags: Flags<AnnounceInterfaceOptions> = {
  device: null,
  initialMs: null,
  maxMs: null,
  stepMs: null,
  rounds: null,
};

function statsFound(fields: readonly (number | bigint)[]): InterfaceStats {
  const stats: Partial<Record<keyof InterfaceStats, bigint>> = {};
  interfaceStats.forEach((name, index) => {
    const value = BigInt(fields[index] ?? -1);
    if (value >= 0n) stats[name] = value;
  });
  return stats;
}

const addressType = wordOf(ipAddressTypes);

function interfacesFound(
  found: readonly (readonly [
    name: string,
    mac: string | null,
    addresses: readonly (readonly [type: number, address: string, prefix: number])[],
  ])[],
): DomainInterface[] {
  return found.map(([name, mac, addresses]) => ({
    name,
    mac,
    addresses: addresses.map(([type, address, prefix]) => ({ type: addressType(type), address, prefix })),
  }));
}
