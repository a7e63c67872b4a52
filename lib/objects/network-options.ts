import type { CallOptions } from '../calls/call-options.js';
import type { Flags } from '../calls/flags.js';

/** Which description of a network to get. */
export interface NetworkXmlOptions extends CallOptions {
  /** That for its next start, although it is started. */
  readonly inactive?: boolean;
}

/** Which leases of a network to get. */
export interface DhcpLeasesOptions extends CallOptions {
  /** Only those of the interface with this MAC address. */
  readonly mac?: string;
}

/** A lease of an address, from the DHCP server of a virtual network. */
export interface DhcpLease {
  /** The interface of the host: the network's bridge. */
  readonly interface: string;
  /** When it ends, in seconds since 1970; 0 when it never ends. */
  readonly expirySeconds: number;
  /** `'unknown'` when the type is newer than this library. */
  readonly type: 'ipv4' | 'ipv6' | 'unknown';
  readonly mac: string | null;
  /** The number of the client's interface, in DHCPv6. */
  readonly iaid: string | null;
  readonly address: string;
  /** How many bits of the address are those of its network. */
  readonly prefix: number;
  readonly hostname: string | null;
  /** The client's id, or its DUID in DHCPv6. */
  readonly clientId: string | null;
}

/** What to read or change: the running network, its definition, or both. The running one, if it runs, unless given. */
export interface NetworkImpactOptions extends CallOptions {
  readonly live?: boolean;
  readonly config?: boolean;
}

/** Which metadata of a network to read. */
export interface NetworkMetadataOptions extends NetworkImpactOptions {
  /** The XML namespace of the element; for `'element'`. */
  readonly uri?: string;
}

/** Which metadata of a network to change. */
export interface SetNetworkMetadataOptions extends NetworkMetadataOptions {
  /** The prefix that the element gets for its namespace; for `'element'`. */
  readonly key?: string;
}

/** Which part of a network to change. */
export interface UpdateNetworkOptions extends NetworkImpactOptions {
  /** Which of several `ip` elements has the part: 0 for the first. libvirt chooses unless it is given. */
  readonly parentIndex?: number;
}

/** How to create a port of a network. */
export interface CreateNetworkPortOptions extends CallOptions {
  /** Takes over what is in use for it already. */
  readonly reclaim?: boolean;
  /** Refuses XML that doesn't fit libvirt's schema. Needs libvirt 7.8. */
  readonly validate?: boolean;
}

/** libvirt's virNetworkMetadataType. */
export const networkMetadataTypes = ['description', 'title', 'element'] as const;
export type NetworkMetadataType = (typeof networkMetadataTypes)[number];

/** libvirt's virNetworkUpdateCommand, in virsh's words. */
export const networkUpdateCommands = ['', 'modify', 'delete', 'add-last', 'add-first'] as const;
export type NetworkUpdateCommand = Exclude<(typeof networkUpdateCommands)[number], ''>;

/** libvirt's virNetworkUpdateSection, in virsh's words. */
export const networkSections = [
  '',
  'bridge',
  'domain',
  'ip',
  'ip-dhcp-host',
  'ip-dhcp-range',
  'forward',
  'forward-interface',
  'forward-pf',
  'portgroup',
  'dns-host',
  'dns-txt',
  'dns-srv',
] as const;
export type NetworkSection = Exclude<(typeof networkSections)[number], ''>;

/** libvirt's virNetworkXMLFlags. */
export const networkXmlFlags: Flags<NetworkXmlOptions> = { inactive: 1 << 0 };

/** No flags: the address goes into an argument. */
export const dhcpLeasesFlags: Flags<DhcpLeasesOptions> = { mac: null };

/** libvirt's virNetworkUpdateFlags. */
export const networkUpdateFlags: Flags<UpdateNetworkOptions> = {
  live: 1 << 0,
  config: 1 << 1,
  parentIndex: null,
};

/** libvirt's virNetworkUpdateFlags. */
export const networkMetadataFlags: Flags<NetworkMetadataOptions> = {
  live: 1 << 0,
  config: 1 << 1,
  uri: null,
};

/** The same flags, and what goes into an argument. */
export const setNetworkMetadataFlags: Flags<SetNetworkMetadataOptions> = {
  ...networkMetadataFlags,
  key: null,
};

/** libvirt's virNetworkPortCreateFlags. */
export const portCreateFlags: Flags<CreateNetworkPortOptions> = { reclaim: 1 << 0, validate: 1 << 1 };
