import { map } from 'rxjs';
import { Connection } from '../connection/connection.js';
import {
  fetchDomainSnapshots,
  listDomainSnapshots,
  type DomainSnapshot,
  type FoundSnapshot,
} from '../domain/domain-snapshots.js';
import { native, type DomainHandle } from '../native.js';
import type { Reader } from './reflector.js';

/** libvirt's REMOTE_DOMAIN_LIST_MAX: the remote protocol takes no more domains in one call. */
const mostAtOnce = 16_384;

/** Reads the domains of one connection. An event costs one call, because the handles are kept. */
export function domainReader(connection: Connection): Reader<DomainSnapshot> {
  const state = Connection.stateOf(connection);
  let handles = new Map<string, () => DomainHandle>();

  const byUuid = (all: readonly FoundSnapshot[]) => {
    for (const { snapshot, handle } of all) handles.set(snapshot.uuid, handle);
    return new Map(all.map(({ snapshot }) => [snapshot.uuid, Object.freeze(snapshot)]));
  };
  const handleOf = (uuid: string) => handles.get(uuid)?.() ?? native().referToDomain(state.handle, uuid);

  return {
    marks: (onRegistered) =>
      connection.domainEvents('lifecycle', { onRegistered }).pipe(map(({ domain }) => domain.uuid)),

    list: async () => {
      const all = await listDomainSnapshots(state);
      handles = new Map();
      return byUuid(all);
    },

    fetch: async (uuids) => {
      const found: FoundSnapshot[] = [];
      for (let from = 0; from < uuids.length; from += mostAtOnce) {
        const some = uuids.slice(from, from + mostAtOnce).map(handleOf);
        found.push(...(await fetchDomainSnapshots(state, some)));
      }
      const snapshots = byUuid(found);
      for (const uuid of uuids) if (!snapshots.has(uuid)) handles.delete(uuid);
      return snapshots;
    },
  };
}
