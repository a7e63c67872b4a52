// This file is compiled and never run. It shows what the types of objects have to allow and to refuse.
import type { Observable } from 'rxjs';
import type {
  Connection,
  Domain,
  Interface,
  LibvirtEventMap,
  Network,
  NetworkPort,
  NodeDevice,
  NwFilter,
  NwFilterBinding,
  Secret,
  StoragePool,
  StoragePoolInfo,
  StoragePoolStateName,
  StorageVolume,
} from '../../lib/index.js';
import type { Assert, Equal } from './equal.js';

declare const connection: Connection;
declare const network: Network;
declare const pool: StoragePool;
declare const events: LibvirtEventMap;

type Listed<Method extends (options?: never) => unknown> = Awaited<ReturnType<Method>>;

export type Checks = [
  Assert<Equal<Listed<Connection['listDomains']>, Domain[]>>,
  Assert<Equal<Listed<Connection['listNetworks']>, Network[]>>,
  Assert<Equal<Listed<Connection['listStoragePools']>, StoragePool[]>>,
  Assert<Equal<Listed<Connection['listNodeDevices']>, NodeDevice[]>>,
  Assert<Equal<Listed<Connection['listSecrets']>, Secret[]>>,
  Assert<Equal<Listed<Connection['listInterfaces']>, Interface[]>>,
  Assert<Equal<Listed<Connection['listNwFilters']>, NwFilter[]>>,
  Assert<Equal<Listed<Connection['listNwFilterBindings']>, NwFilterBinding[]>>,
  Assert<Equal<Listed<StoragePool['listVolumes']>, StorageVolume[]>>,
  Assert<Equal<Listed<StorageVolume['pool']>, StoragePool>>,
  Assert<Equal<Listed<Network['listPorts']>, NetworkPort[]>>,
  Assert<Equal<Listed<Secret['value']>, Buffer>>,
  Assert<Equal<Awaited<ReturnType<StoragePool['info']>>, StoragePoolInfo>>,
  Assert<Equal<StoragePoolInfo['state'], StoragePoolStateName>>,
];

/** The objects of events can be passed as they are. */
export function fromEvents(): readonly unknown[] {
  return [
    connection.domain(events.domain.lifecycle.domain),
    connection.network(events.network.lifecycle.network),
    connection.storagePool(events['storage-pool'].refresh.storagePool),
    connection.nodeDevice(events['node-device'].update.nodeDevice),
    connection.secret(events.secret['value-changed'].secret),
  ];
}

export const refreshes: Observable<LibvirtEventMap['storage-pool']['refresh']> = pool.events('refresh');
export const ofNetwork = connection.networkEvents('lifecycle', { network });

/** A word may be given alone, or several in an array. */
export const selected = [
  connection.listNodeDevices({ capability: 'pci' }),
  connection.listNodeDevices({ capability: ['pci', 'net'], active: true, timeout: 100 }),
  connection.listStoragePools({ type: ['dir', 'iscsi-direct'] }),
  connection.listDomains({ state: ['running', 'paused'] }),
];

export function refusals(): void {
  // @ts-expect-error -- a device can't do this
  void connection.listNodeDevices({ capability: ['pci', 'fly'] });
  // @ts-expect-error -- a volume is copied from a StorageVolume
  void pool.createVolume('', { from: '/a/path' });
  // @ts-expect-error -- there is no such part of a network
  void network.update('modify', 'dhcp', '');
  // @ts-expect-error -- bytes are needed
  void connection.secret({ uuid: '' }).setValue('text');
  // @ts-expect-error -- networks have no snapshots
  void connection.listNetworks({ hasSnapshot: true });
  // @ts-expect-error -- options are booleans
  void connection.listDomains({ active: 'yes' });
  // @ts-expect-error -- network filters can't be selected
  void connection.listNwFilters({ active: true });
  // @ts-expect-error -- networks have no such event
  network.events('refresh');
  // @ts-expect-error -- a device has no uuid
  connection.nodeDevice({ uuid: '' });
  // @ts-expect-error -- there is no such use of a secret
  void connection.lookupSecretByUsage('disk', '');
  // @ts-expect-error -- a use that is not known can't be looked for
  void connection.lookupSecretByUsage('unknown', '');
}
