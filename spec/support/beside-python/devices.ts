import type { Connection, Interface, NodeDevice } from '../../../lib/index.js';
import type { Comparison } from './comparison.js';

/** A node device, Python's `dev`. */
export interface ComparedDevice {
  readonly connection: Connection;
  readonly device: NodeDevice;
}

export const deviceComparisons: readonly Comparison<ComparedDevice>[] = [
  {
    call: 'virNodeDeviceLookupByName',
    python: 'conn.nodeDeviceLookupByName(dev.name()).name()',
    rxvirt: async ({ connection, device }) => (await connection.lookupNodeDeviceByName(device.name)).name,
  },
  {
    call: 'virNodeDeviceLookupSCSIHostByWWN',
    python: "conn.nodeDeviceLookupSCSIHostByWWN('2000000012341234', '1000000012341234').name()",
    rxvirt: async ({ connection }) =>
      (await connection.lookupScsiHostByWwn('2000000012341234', '1000000012341234')).name,
  },
  { call: 'virNodeDeviceGetXMLDesc', python: 'dev.XMLDesc()', rxvirt: ({ device }) => device.xml() },
  { call: 'virNodeDeviceGetParent', python: 'dev.parent()', rxvirt: ({ device }) => device.parent() },
  { call: 'virNodeDeviceListCaps', python: 'dev.listCaps()', rxvirt: ({ device }) => device.capabilities() },
  {
    call: 'virNodeDeviceNumOfCaps',
    python: 'dev.numOfCaps()',
    rxvirt: async ({ device }) => (await device.capabilities()).length,
  },
  { call: 'virNodeDeviceIsActive', python: 'dev.isActive()', rxvirt: ({ device }) => device.isActive() },
  {
    call: 'virNodeDeviceIsPersistent',
    python: 'dev.isPersistent()',
    rxvirt: ({ device }) => device.isPersistent(),
  },
  {
    call: 'virNodeDeviceGetAutostart',
    python: 'dev.autostart()',
    rxvirt: ({ device }) => device.autostart(),
  },
];

/** A network interface of the host, Python's `iface`. */
export interface ComparedInterface {
  readonly connection: Connection;
  readonly iface: Interface;
}

export const interfaceComparisons: readonly Comparison<ComparedInterface>[] = [
  {
    call: 'virInterfaceLookupByName',
    python: 'conn.interfaceLookupByName(iface.name()).name()',
    rxvirt: async ({ connection, iface }) => (await connection.lookupInterfaceByName(iface.name)).name,
  },
  {
    call: 'virInterfaceLookupByMACString',
    python: 'conn.interfaceLookupByMACString(iface.MACString()).name()',
    rxvirt: async ({ connection, iface }) => (await connection.lookupInterfaceByMac(await iface.mac())).name,
  },
  { call: 'virInterfaceGetXMLDesc', python: 'iface.XMLDesc()', rxvirt: ({ iface }) => iface.xml() },
  { call: 'virInterfaceGetMACString', python: 'iface.MACString()', rxvirt: ({ iface }) => iface.mac() },
  { call: 'virInterfaceIsActive', python: 'iface.isActive()', rxvirt: ({ iface }) => iface.isActive() },
];
