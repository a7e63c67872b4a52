import type { ParameterArrays } from '../native.js';
import { ParameterTree } from './parameter-tree.js';

/** Somebody who is logged in. */
export interface GuestUser {
  readonly name: string | null;
  /** The Windows domain of the user; null elsewhere. */
  readonly domain: string | null;
  /** Since the beginning of 1970. */
  readonly loginTimeMs: number | null;
}

/** The operating system of a guest. */
export interface GuestOs {
  /** Such as `'debian'`. */
  readonly id: string | null;
  readonly name: string | null;
  readonly prettyName: string | null;
  readonly version: string | null;
  readonly versionId: string | null;
  readonly kernelRelease: string | null;
  readonly kernelVersion: string | null;
  /** Such as `'x86_64'`. */
  readonly machine: string | null;
  readonly variant: string | null;
  readonly variantId: string | null;
}

export interface GuestTimezone {
  readonly name: string | null;
  /** How many seconds it is before UTC; less than 0 for zones in the west. */
  readonly offsetSeconds: number | null;
}

/** A file system that the guest has mounted. */
export interface GuestFileSystem {
  readonly mountpoint: string | null;
  /** Its device in the guest, such as `'sda1'`. */
  readonly name: string | null;
  readonly type: string | null;
  readonly totalBytes: number | null;
  readonly usedBytes: number | null;
  readonly disks: readonly GuestFileSystemDisk[];
}

/** A disk on which a file system is. */
export interface GuestFileSystemDisk {
  /** Its target in the domain's definition, such as `'vda'`. */
  readonly alias: string | null;
  readonly serial: string | null;
  /** Its device in the guest. */
  readonly device: string | null;
}

/** A disk that the guest sees. */
export interface GuestDisk {
  /** Its device in the guest. */
  readonly name: string | null;
  /** Whether it is a part of a disk. */
  readonly partition: boolean | null;
  /** The devices that it is made of. */
  readonly dependencies: readonly string[];
  readonly serial: string | null;
  /** Its target in the domain's definition, such as `'vda'`. */
  readonly alias: string | null;
  /** Another name that it has in the guest. */
  readonly guestAlias: string | null;
  /** The bus on which the guest sees it. libvirt 9.0 doesn't tell it. */
  readonly guestBus: string | null;
}

/** A network interface that the guest sees. */
export interface GuestInterface {
  readonly name: string | null;
  readonly hwaddr: string | null;
  readonly addresses: readonly GuestAddress[];
}

export interface GuestAddress {
  /** `'ipv4'` or `'ipv6'`. */
  readonly type: string | null;
  readonly address: string | null;
  /** How many bits of the address are the network's. */
  readonly prefix: number | null;
}

/** How many processes ran or waited, on average. */
export interface GuestLoad {
  readonly oneMinute: number | null;
  readonly fiveMinutes: number | null;
  readonly fifteenMinutes: number | null;
}

/** A device and its driver in the guest. */
export interface GuestDevice {
  readonly driverName: string | null;
  /** Since the beginning of 1970. */
  readonly driverDateSeconds: number | null;
  readonly driverVersion: string | null;
  /** Such as `'pci'`. */
  readonly idType: string | null;
  readonly pciVendor: number | null;
  readonly pciDevice: number | null;
}

/** What a guest tells of itself. Something that was not asked for, or that the agent can't tell, is missing. */
export interface GuestInfo {
  readonly users?: readonly GuestUser[];
  readonly os?: GuestOs;
  readonly timezone?: GuestTimezone;
  readonly hostname?: string;
  readonly fileSystems?: readonly GuestFileSystem[];
  readonly disks?: readonly GuestDisk[];
  readonly interfaces?: readonly GuestInterface[];
  readonly load?: GuestLoad;
  readonly devices?: readonly GuestDevice[];
}

/** The answer of virDomainGetGuestInfo. */
export function guestInfo(found: ParameterArrays): GuestInfo {
  const tree = ParameterTree.of(found);
  const hostname = tree.text('hostname');
  return {
    ...(tree.has('user') ? { users: tree.list('user', user) } : {}),
    ...(tree.has('os') ? { os: os(tree.at('os')) } : {}),
    ...(tree.has('timezone') ? { timezone: timezone(tree.at('timezone')) } : {}),
    ...(hostname === null ? {} : { hostname }),
    ...(tree.has('fs') ? { fileSystems: tree.list('fs', fileSystem) } : {}),
    ...(tree.has('disk') ? { disks: tree.list('disk', disk) } : {}),
    ...(tree.has('if') ? { interfaces: tree.list('if', networkInterface) } : {}),
    ...(tree.has('load') ? { load: load(tree.at('load')) } : {}),
    ...(tree.has('device') ? { devices: tree.list('device', device) } : {}),
  };
}

const user = (tree: ParameterTree): GuestUser => ({
  name: tree.text('name'),
  domain: tree.text('domain'),
  loginTimeMs: tree.number('login-time'),
});

const os = (tree: ParameterTree): GuestOs => ({
  id: tree.text('id'),
  name: tree.text('name'),
  prettyName: tree.text('pretty-name'),
  version: tree.text('version'),
  versionId: tree.text('version-id'),
  kernelRelease: tree.text('kernel-release'),
  kernelVersion: tree.text('kernel-version'),
  machine: tree.text('machine'),
  variant: tree.text('variant'),
  variantId: tree.text('variant-id'),
});

const timezone = (tree: ParameterTree): GuestTimezone => ({
  name: tree.text('name'),
  offsetSeconds: tree.number('offset'),
});

const fileSystem = (tree: ParameterTree): GuestFileSystem => ({
  mountpoint: tree.text('mountpoint'),
  name: tree.text('name'),
  type: tree.text('fstype'),
  totalBytes: tree.number('total-bytes'),
  usedBytes: tree.number('used-bytes'),
  disks: tree.list('disk', (each) => ({
    alias: each.text('alias'),
    serial: each.text('serial'),
    device: each.text('device'),
  })),
});

const disk = (tree: ParameterTree): GuestDisk => ({
  name: tree.text('name'),
  partition: tree.boolean('partition'),
  dependencies: tree
    .list('dependency', (each) => each.text('name'))
    .filter((name): name is string => name !== null),
  serial: tree.text('serial'),
  alias: tree.text('alias'),
  guestAlias: tree.text('guest_alias'),
  guestBus: tree.text('guest_bus'),
});

const networkInterface = (tree: ParameterTree): GuestInterface => ({
  name: tree.text('name'),
  hwaddr: tree.text('hwaddr'),
  addresses: tree.list('addr', (each) => ({
    type: each.text('type'),
    address: each.text('addr'),
    prefix: each.number('prefix'),
  })),
});

const load = (tree: ParameterTree): GuestLoad => ({
  oneMinute: tree.number('1m'),
  fiveMinutes: tree.number('5m'),
  fifteenMinutes: tree.number('15m'),
});

const device = (tree: ParameterTree): GuestDevice => ({
  driverName: tree.text('driverName'),
  driverDateSeconds: tree.number('driverDate'),
  driverVersion: tree.text('driverVersion'),
  idType: tree.text('idType'),
  pciVendor: tree.number('pciVendor'),
  pciDevice: tree.number('pciDevice'),
});
