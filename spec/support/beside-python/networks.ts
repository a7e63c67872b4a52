import type { Connection, Network, NetworkPort } from '../../../lib/index.js';
import type { Comparison } from './comparison.js';
import { key, uuids } from './names.js';

/** A network, Python's `net`. */
export interface ComparedNetwork {
  readonly connection: Connection;
  readonly network: Network;
}

export const networkComparisons: readonly Comparison<ComparedNetwork>[] = [
  {
    call: 'virNetworkLookupByName',
    python: 'key(conn.networkLookupByName(net.name()))',
    rxvirt: async ({ connection, network }) => key(await connection.lookupNetworkByName(network.name)),
  },
  {
    call: 'virNetworkLookupByUUIDString',
    python: 'key(conn.networkLookupByUUIDString(net.UUIDString()))',
    rxvirt: async ({ connection, network }) => key(await connection.lookupNetworkByUuid(network.uuid)),
  },
  { call: 'virNetworkGetXMLDesc', python: 'net.XMLDesc()', rxvirt: ({ network }) => network.xml() },
  { call: 'virNetworkIsActive', python: 'net.isActive()', rxvirt: ({ network }) => network.isActive() },
  {
    call: 'virNetworkIsPersistent',
    python: 'net.isPersistent()',
    rxvirt: ({ network }) => network.isPersistent(),
  },
  { call: 'virNetworkGetAutostart', python: 'net.autostart()', rxvirt: ({ network }) => network.autostart() },
  {
    call: 'virNetworkGetBridgeName',
    python: 'net.bridgeName()',
    rxvirt: ({ network }) => network.bridgeName(),
  },
  {
    call: 'virNetworkGetMetadata',
    python: 'net.metadata(libvirt.VIR_NETWORK_METADATA_TITLE, None)',
    rxvirt: ({ network }) => network.metadata('title'),
    since: [9, 8],
  },
  {
    call: 'virNetworkGetDHCPLeases',
    python: `[{'interface': each['iface'], 'expirySeconds': each['expirytime'], 'type': word(each['type'], 'ipv4 ipv6'),
      'mac': each['mac'], 'iaid': each['iaid'], 'address': each['ipaddr'], 'prefix': each['prefix'],
      'hostname': each['hostname'], 'clientId': each['clientid']} for each in net.DHCPLeases()]`,
    rxvirt: ({ network }) => network.dhcpLeases(),
  },
  {
    call: 'virNetworkListAllPorts',
    python: 'sorted(port.UUIDString() for port in net.listAllPorts())',
    rxvirt: ({ network }) => uuids(network.listPorts()),
  },
];

/** Only of a real host: the test driver has no flag for it. */
export const inactiveNetwork: Comparison<ComparedNetwork> = {
  call: 'virNetworkGetXMLDesc',
  python: 'net.XMLDesc(libvirt.VIR_NETWORK_XML_INACTIVE)',
  rxvirt: ({ network }) => network.xml({ inactive: true }),
};

/** A port, Python's `port`, of a network, Python's `net`. */
export interface ComparedPort {
  readonly network: Network;
  readonly port: NetworkPort;
}

export const portComparisons: readonly Comparison<ComparedPort>[] = [
  {
    call: 'virNetworkPortLookupByUUIDString',
    python: 'net.portLookupByUUIDString(port.UUIDString()).UUIDString()',
    rxvirt: async ({ network, port }) => (await network.lookupPortByUuid(port.uuid)).uuid,
  },
  { call: 'virNetworkPortGetXMLDesc', python: 'port.XMLDesc()', rxvirt: ({ port }) => port.xml() },
  {
    call: 'virNetworkPortGetParameters',
    python: `renamed(port.parameters(), 'inbound.average:inboundAverageKBps inbound.peak:inboundPeakKBps '
      'inbound.burst:inboundBurstKiB inbound.floor:inboundFloorKBps outbound.average:outboundAverageKBps '
      'outbound.peak:outboundPeakKBps outbound.burst:outboundBurstKiB')`,
    rxvirt: ({ port }) => port.parameters(),
  },
];
