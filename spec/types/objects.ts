// This file is compiled and never run. It shows what the types of objects have to allow and to refuse.
import type { Observable } from 'rxjs';
import type {
  Connection,
  Domain,
  Interface,
  LibvirtEventMap,
  Network,
  NodeDevice,
  NwFilter,
  Secret,
  StoragePool,
  StoragePoolInfo,
  StoragePoolStateName,
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

export function refusals(): void {
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
