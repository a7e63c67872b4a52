import type { Bandwidth } from '../calls/bandwidth.js';
import type { CallOptions } from '../calls/call-options.js';
import type { Parameters } from '../calls/parameters.js';

/** How much a guest may send and receive. */
export type InterfaceParameters = Bandwidth;

/** What went through an interface, as the guest sees it. What the hypervisor doesn't know is absent. */
export interface InterfaceStats {
  readonly rxBytes?: bigint;
  readonly rxPackets?: bigint;
  readonly rxErrors?: bigint;
  readonly rxDrops?: bigint;
  readonly txBytes?: bigint;
  readonly txPackets?: bigint;
  readonly txErrors?: bigint;
  readonly txDrops?: bigint;
}

/** The fields of libvirt's virDomainInterfaceStatsStruct. */
export const interfaceStats: readonly (keyof InterfaceStats)[] = [
  'rxBytes',
  'rxPackets',
  'rxErrors',
  'rxDrops',
  'txBytes',
  'txPackets',
  'txErrors',
  'txDrops',
];

/** Who is asked for the addresses of a domain. */
export interface InterfaceAddressesOptions extends CallOptions {
  /**
   * - `'lease'`, the default: the DHCP server of libvirt's networks;
   * - `'agent'`: the guest agent;
   * - `'arp'`: the ARP table of the host.
   */
  readonly source?: 'lease' | 'agent' | 'arp';
}

/** libvirt's virDomainInterfaceAddressesSource. */
export const addressSources = ['lease', 'agent', 'arp'] as const;

/** An interface of a domain, with its addresses. */
export interface DomainInterface {
  /** Its name on the host; in the guest, when the guest agent was asked. */
  readonly name: string;
  /** Null for an interface that has none. */
  readonly mac: string | null;
  readonly addresses: readonly DomainIpAddress[];
}

/** An address of an interface. */
export interface DomainIpAddress {
  /** `'unknown'` when the type is newer than this library. */
  readonly type: IpAddressType | 'unknown';
  readonly address: string;
  /** How many bits of the address are those of its network. */
  readonly prefix: number;
}

export type IpAddressType = 'ipv4' | 'ipv6';

/** libvirt's virIPAddrType. */
export const ipAddressTypes: readonly IpAddressType[] = ['ipv4', 'ipv6'];

/** How often and how fast an interface is announced; 0 is libvirt's own value. */
export interface AnnounceInterfaceOptions extends CallOptions {
  /** The name of an interface on the host, or its MAC address. All interfaces are announced unless it is given. */
  readonly device?: string;
  /** Before the first announcement. */
  readonly initialMs?: number;
  /** The longest time between two announcements. */
  readonly maxMs?: number;
  /** By how much the time between two announcements grows each time. */
  readonly stepMs?: number;
  /** How many announcements. */
  readonly rounds?: number;
}

/** libvirt's VIR_DOMAIN_ANNOUNCE_INTERFACE_…. */
export const announceParameters: Parameters<
  Required<Pick<AnnounceInterfaceOptions, 'initialMs' | 'maxMs' | 'stepMs' | 'rounds'>>
> = {
  initialMs: ['initial', 'uint'],
  maxMs: ['max', 'uint'],
  stepMs: ['step', 'uint'],
  rounds: ['rounds', 'uint'],
};
