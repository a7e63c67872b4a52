import { array, int, string, uhyper, uint, type Codec } from '../codec.js';
import type { Inventory, ObjectState, SecretState } from '../inventory.js';
import { listed, type FlagPair } from '../list-filter.js';
import {
  network,
  networkInterface,
  nodeDevice,
  nwFilter,
  secret,
  storagePool,
  uuid,
} from '../messages/objects.js';
import type { RemoteProcedure } from '../protocol.js';
import { procedure, type Procedure, type ProcedureContext } from './procedure.js';

const isActive = ({ isActive = true }: ObjectState): boolean => isActive;
const isPersistent = ({ isPersistent = true }: ObjectState): boolean => isPersistent;
const startsWithHost = ({ startsWithHost = false }: ObjectState): boolean => startsWithHost;

const activeFilter: FlagPair<ObjectState> = { with: 2, without: 1, has: isActive };
const persistentFilter: FlagPair<ObjectState> = { with: 4, without: 8, has: isPersistent };
const deviceFilter: FlagPair<ObjectState> = { with: 2 ** 31, without: 2 ** 30, has: isActive };
const secretFilters: readonly FlagPair<SecretState>[] = [
  { with: 1, without: 2, has: ({ isEphemeral = false }) => isEphemeral },
  { with: 4, without: 8, has: ({ isPrivate = false }) => isPrivate },
];

/** The objects of a kind. */
type Kept = { [K in keyof Inventory]: Inventory[K] extends readonly unknown[] ? K : never }[keyof Inventory];
type ObjectOf<K extends Kept> = Inventory[K][number];

/** All objects of a kind that the flags select. */
function list<K extends Kept>(
  kind: K,
  of: Codec<ObjectOf<K>, unknown>,
  ...pairs: readonly FlagPair<ObjectOf<K>>[]
): Procedure {
  return procedure(
    { needResults: int, flags: uint },
    { objects: array(of), count: uint },
    ({ needResults, flags }, { inventory }) => {
      const found = listed<ObjectOf<K>>(inventory[kind], flags, pairs);
      return { objects: needResults ? found : [], count: found.length };
    },
  );
}

type Find<Out> = (object: Out, context: ProcedureContext) => ObjectState;

/** Answers a question about an object. */
function ask<Out>(
  of: Codec<never, Out>,
  find: Find<Out>,
  question: (object: ObjectState) => boolean,
): Procedure {
  return procedure({ object: of }, { answer: int }, ({ object }, context) => ({
    answer: Number(question(find(object, context))),
  }));
}

const ofNetwork: Find<{ uuid: string }> = ({ uuid }, { inventory }) => inventory.network({ uuid });
const ofPool: Find<{ uuid: string }> = ({ uuid }, { inventory }) => inventory.storagePool({ uuid });
const ofDevice: Find<{ name: string }> = (wanted, { inventory }) => inventory.nodeDevice(wanted);

export const objectProcedures = {
  'network-lookup-by-name': procedure({ name: string }, { network }, (wanted, { inventory }) => ({
    network: inventory.network(wanted),
  })),
  'network-lookup-by-uuid': procedure({ uuid }, { network }, (wanted, { inventory }) => ({
    network: inventory.network(wanted),
  })),
  'network-get-autostart': ask(network, ofNetwork, startsWithHost),
  'network-is-active': ask(network, ofNetwork, isActive),
  'network-is-persistent': ask(network, ofNetwork, isPersistent),
  'connect-list-all-networks': list('networks', network, activeFilter, persistentFilter),
  'storage-pool-lookup-by-name': procedure(
    { name: string },
    { pool: storagePool },
    (wanted, { inventory }) => ({
      pool: inventory.storagePool(wanted),
    }),
  ),
  'storage-pool-lookup-by-uuid': procedure({ uuid }, { pool: storagePool }, (wanted, { inventory }) => ({
    pool: inventory.storagePool(wanted),
  })),
  'storage-pool-get-info': procedure(
    { pool: storagePool },
    { state: uint, capacity: uhyper, allocation: uhyper, available: uhyper },
    ({ pool }, context) => ({
      state: isActive(ofPool(pool, context)) ? 2 : 0,
      capacity: 10_000_000_000n,
      allocation: 4_000_000_000n,
      available: 6_000_000_000n,
    }),
  ),
  'storage-pool-get-autostart': ask(storagePool, ofPool, startsWithHost),
  'storage-pool-is-active': ask(storagePool, ofPool, isActive),
  'storage-pool-is-persistent': ask(storagePool, ofPool, isPersistent),
  'connect-list-all-storage-pools': list('storagePools', storagePool, activeFilter, persistentFilter),
  'node-device-lookup-by-name': procedure(
    { name: string },
    { device: nodeDevice },
    (wanted, { inventory }) => ({
      device: inventory.nodeDevice(wanted),
    }),
  ),
  'node-device-is-active': ask(nodeDevice, ofDevice, isActive),
  'node-device-is-persistent': ask(nodeDevice, ofDevice, isPersistent),
  'connect-list-all-node-devices': list('nodeDevices', nodeDevice, deviceFilter),
  'secret-lookup-by-uuid': procedure({ uuid }, { secret }, (wanted, { inventory }) => ({
    secret: inventory.secret(wanted),
  })),
  'secret-lookup-by-usage': procedure(
    { usageType: int, usageId: string },
    { secret },
    (wanted, { inventory }) => ({ secret: inventory.secretForUsage(wanted) }),
  ),
  'connect-list-all-secrets': list('secrets', secret, ...secretFilters),
  'interface-lookup-by-name': procedure(
    { name: string },
    { found: networkInterface },
    (wanted, { inventory }) => ({ found: inventory.interface(wanted) }),
  ),
  'interface-is-active': ask(
    networkInterface,
    ({ name }, { inventory }) => inventory.interface({ name }),
    isActive,
  ),
  'connect-list-all-interfaces': list('interfaces', networkInterface, activeFilter),
  'nwfilter-lookup-by-name': procedure({ name: string }, { filter: nwFilter }, (wanted, { inventory }) => ({
    filter: inventory.nwFilter(wanted),
  })),
  'nwfilter-lookup-by-uuid': procedure({ uuid }, { filter: nwFilter }, (wanted, { inventory }) => ({
    filter: inventory.nwFilter(wanted),
  })),
  'connect-list-all-nwfilters': list('nwFilters', nwFilter),
} as const satisfies Partial<Record<RemoteProcedure, Procedure>>;
