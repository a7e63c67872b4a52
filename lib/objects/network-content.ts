import { asIs, exactNumber, nothing, wordOf } from '../calls/answers.js';
import { integer, oneOf, optionalText, text } from '../calls/values.js';
import { NetworkLifecycle } from './network-lifecycle.js';
import {
  dhcpLeasesFlags,
  networkMetadataFlags,
  networkMetadataTypes,
  networkSections,
  networkUpdateCommands,
  networkUpdateFlags,
  setNetworkMetadataFlags,
  type DhcpLease,
  type DhcpLeasesOptions,
  type NetworkMetadataOptions,
  type NetworkMetadataType,
  type NetworkSection,
  type NetworkUpdateCommand,
  type SetNetworkMetadataOptions,
  type UpdateNetworkOptions,
} from './network-options.js';

/** The parts of a network, and who uses it. */
export abstract class NetworkContent extends NetworkLifecycle {
  /** The addresses that its DHCP server has given out (virNetworkGetDHCPLeases). */
  async dhcpLeases(options: DhcpLeasesOptions = {}): Promise<DhcpLease[]> {
    const args = [optionalText('mac', options.mac)];
    const read = (leases: readonly LeaseFields[]) => leases.map(dhcpLease);
    return this.call('virNetworkGetDHCPLeases', 'asked for its leases', read, args, options, dhcpLeasesFlags);
  }

  /**
   * Changes one part of it (virNetworkUpdate).
   * @param xml libvirt's description of the part, such as `<host mac="…" ip="…"/>`.
   */
  async update(
    command: NetworkUpdateCommand,
    section: NetworkSection,
    xml: string,
    options: UpdateNetworkOptions = {},
  ): Promise<void> {
    const args = [
      oneOf('command', command, networkUpdateCommands),
      oneOf('section', section, networkSections),
      options.parentIndex === undefined ? -1 : integer('parentIndex', options.parentIndex, 0),
      text('xml', xml),
    ];
    return this.call('virNetworkUpdate', 'updated', nothing, args, options, networkUpdateFlags);
  }

  /**
   * Its title, its description, or an element that a program has added (virNetworkGetMetadata). Rejects with
   * `'VIR_ERR_NO_NETWORK_METADATA'` when there is none. Needs libvirt 9.7.
   */
  async metadata(type: NetworkMetadataType, options: NetworkMetadataOptions = {}): Promise<string> {
    const args = [oneOf('type', type, networkMetadataTypes), optionalText('uri', options.uri)];
    const participle = `asked for its ${type}`;
    const flags = networkMetadataFlags;
    return this.call('virNetworkGetMetadata', participle, asIs<string>, args, options, flags);
  }

  /**
   * Changes its title, its description, or an element of a program's own (virNetworkSetMetadata). Needs libvirt 9.7.
   * @param metadata The text, or the element in XML. Null removes it.
   */
  async setMetadata(
    type: NetworkMetadataType,
    metadata: string | null,
    options: SetNetworkMetadataOptions = {},
  ): Promise<void> {
    const args = [
      oneOf('type', type, networkMetadataTypes),
      metadata === null ? null : text('metadata', metadata),
      optionalText('key', options.key),
      optionalText('uri', options.uri),
    ];
    const participle = `given a ${type}`;
    return this.call('virNetworkSetMetadata', participle, nothing, args, options, setNetworkMetadataFlags);
  }
}

type LeaseFields = readonly [
  iface: string,
  expirytime: number | bigint,
  type: number,
  mac: string | null,
  iaid: string | null,
  ipaddr: string,
  prefix: number,
  hostname: string | null,
  clientid: string | null,
];

const addressTypeOf = wordOf(['ipv4', 'ipv6']);

function dhcpLease(fields: LeaseFields): DhcpLease {
  const [bridge, expiry, type, mac, iaid, address, prefix, hostname, clientId] = fields;
  return {
    interface: bridge,
    expirySeconds: exactNumber(expiry),
    type: addressTypeOf(type),
    mac,
    iaid,
    address,
    prefix,
    hostname,
    clientId,
  };
}
