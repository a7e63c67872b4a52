import type { Connection } from '../connection/connection.js';
import type { DomainSnapshot } from '../domain/domain-snapshots.js';
import { domainReader } from './domain-reader.js';
import { lossesOf, type HostEventsRig } from './host-events.js';
import { LiveState } from './live-state.js';
import { networkReader, nodeDeviceReader, secretReader, storagePoolReader } from './object-readers.js';
import type {
  NetworkSnapshot,
  NodeDeviceSnapshot,
  SecretSnapshot,
  StoragePoolSnapshot,
} from './object-snapshots.js';
import type { Reader } from './reflector.js';

/** The live state of a host: one for each kind of object. */
export class HostLiveState {
  readonly domains: LiveState<Connection, DomainSnapshot>;
  readonly networks: LiveState<Connection, NetworkSnapshot>;
  readonly storagePools: LiveState<Connection, StoragePoolSnapshot>;
  readonly nodeDevices: LiveState<Connection, NodeDeviceSnapshot>;
  readonly secrets: LiveState<Connection, SecretSnapshot>;

  constructor({ troubles, ...rig }: HostEventsRig, resyncMs: number | undefined) {
    const of = <S extends object>(what: string, readerOf: (connection: Connection) => Reader<S>) => {
      const reporters = {
        objects: troubles.reporter(what),
        events: troubles.reporter(`events of ${what}`),
      };
      return new LiveState({
        ...rig,
        resyncMs,
        readerOf: (connection) => ({ ...readerOf(connection), losses: lossesOf(connection) }),
        onTrouble: (part, error) => reporters[part](error),
      });
    };
    this.domains = of('domains', domainReader);
    this.networks = of('networks', networkReader);
    this.storagePools = of('storage pools', storagePoolReader);
    this.nodeDevices = of('node devices', nodeDeviceReader);
    this.secrets = of('secrets', secretReader);
  }
}
