import { map, merge, type Observable } from 'rxjs';
import { unlessGone } from '../calls/unless-gone.js';
import type { Connection } from '../connection/connection.js';
import type { LibvirtErrorCode } from '../errors.js';
import type { Network } from '../objects/network.js';
import type { Secret } from '../objects/secret.js';
import type { StoragePool } from '../objects/storage-pool.js';
import type {
  NetworkSnapshot,
  NodeDeviceSnapshot,
  SecretSnapshot,
  StoragePoolSnapshot,
} from './object-snapshots.js';
import type { Reader } from './reflector.js';

/** Reads the networks of one connection. */
export function networkReader(connection: Connection): Reader<NetworkSnapshot> {
  const read = async (network: Network): Promise<NetworkSnapshot> => {
    const [active, persistent] = await Promise.all([network.isActive(), network.isPersistent()]);
    return { name: network.name, uuid: network.uuid, active, persistent };
  };
  return {
    marks: (onRegistered) =>
      connection.networkEvents('lifecycle', { onRegistered }).pipe(map(({ network }) => network.uuid)),
    list: async () => {
      const all = await connection.listNetworks();
      return existing('VIR_ERR_NO_NETWORK', all, ({ uuid }) => uuid, read);
    },
    fetch: (uuids) =>
      existing('VIR_ERR_NO_NETWORK', uuids, same, async (uuid) =>
        read(await connection.lookupNetworkByUuid(uuid)),
      ),
  };
}

/** Reads the storage pools of one connection. */
export function storagePoolReader(connection: Connection): Reader<StoragePoolSnapshot> {
  const read = async (pool: StoragePool): Promise<StoragePoolSnapshot> => {
    const [info, persistent] = await Promise.all([pool.info(), pool.isPersistent()]);
    return { name: pool.name, uuid: pool.uuid, ...info, persistent };
  };
  const uuidOf = ({ storagePool }: { storagePool: { uuid: string } }) => storagePool.uuid;
  return {
    marks: (onRegistered) =>
      both(
        (tell) => connection.storagePoolEvents('lifecycle', { onRegistered: tell }).pipe(map(uuidOf)),
        (tell) => connection.storagePoolEvents('refresh', { onRegistered: tell }).pipe(map(uuidOf)),
        onRegistered,
      ),
    list: async () => {
      const all = await connection.listStoragePools();
      return existing('VIR_ERR_NO_STORAGE_POOL', all, ({ uuid }) => uuid, read);
    },
    fetch: (uuids) =>
      existing('VIR_ERR_NO_STORAGE_POOL', uuids, same, async (uuid) =>
        read(await connection.lookupStoragePoolByUuid(uuid)),
      ),
  };
}

/** Reads the node devices of one connection. */
export function nodeDeviceReader(connection: Connection): Reader<NodeDeviceSnapshot> {
  return {
    marks: (onRegistered) =>
      connection
        .nodeDeviceEvents('lifecycle', { onRegistered })
        .pipe(map(({ nodeDevice }) => nodeDevice.name)),
    list: async () => {
      const all = await connection.listNodeDevices();
      return new Map(all.map(({ name }) => [name, Object.freeze({ name })]));
    },
    fetch: (names) =>
      existing('VIR_ERR_NO_NODE_DEVICE', names, same, async (asked) => {
        const { name } = await connection.lookupNodeDeviceByName(asked);
        return { name };
      }),
  };
}

/** Reads the secrets of one connection. */
export function secretReader(connection: Connection): Reader<SecretSnapshot> {
  const read = ({ uuid, usageType, usageTypeNumber, usageId }: Secret): SecretSnapshot =>
    Object.freeze({ uuid, usageType, usageTypeNumber, usageId });
  return {
    marks: (onRegistered) =>
      connection.secretEvents('lifecycle', { onRegistered }).pipe(map(({ secret }) => secret.uuid)),
    list: async () => {
      const all = await connection.listSecrets();
      return new Map(all.map((secret) => [secret.uuid, read(secret)]));
    },
    fetch: (uuids) =>
      existing('VIR_ERR_NO_SECRET', uuids, same, async (uuid) =>
        read(await connection.lookupSecretByUuid(uuid)),
      ),
  };
}

const same = (key: string): string => key;

/** Reads each object. Those that are gone are left out. */
async function existing<Asked, S extends object>(
  gone: LibvirtErrorCode,
  asked: readonly Asked[],
  keyOf: (asked: Asked) => string,
  read: (asked: Asked) => Promise<S>,
): Promise<ReadonlyMap<string, S>> {
  const found = await Promise.all(
    asked.map(async (each): Promise<[string, S] | undefined> => {
      const snapshot = await unlessGone(read(each), gone);
      return snapshot && [keyOf(each), Object.freeze(snapshot)];
    }),
  );
  return new Map(found.filter((each) => each !== undefined));
}

/** Two streams as one, which is registered when both are. */
function both<T>(
  first: (onRegistered: () => void) => Observable<T>,
  second: (onRegistered: () => void) => Observable<T>,
  onRegistered: () => void,
): Observable<T> {
  let missing = 2;
  const settle = () => {
    if (--missing === 0) onRegistered();
  };
  return merge(first(settle), second(settle));
}
