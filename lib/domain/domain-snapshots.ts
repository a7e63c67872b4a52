import { yesOrNo } from '../calls/answers.js';
import { call } from '../calls/call.js';
import { foundObject, foundObjects, type Found } from '../calls/found.js';
import { inTurns } from '../calls/in-turns.js';
import { unlessGone } from '../calls/unless-gone.js';
import type { ConnectionState } from '../connection-state.js';
import { LibvirtError } from '../errors.js';
import {
  native,
  type DomainHandle,
  type FoundObject,
  type FoundObjects,
  type FoundStats,
} from '../native.js';
import { domainState, type DomainState } from './domain-state.js';
import type { ParameterValue } from '../calls/parameters.js';
import { withParameters } from './stats.js';

/** What a domain was like when libvirt was asked. */
export interface DomainSnapshot extends DomainState {
  readonly name: string;
  readonly uuid: string;
  /** The domain's number while it runs, otherwise null. */
  readonly id: number | null;
  /** Whether its definition stays when it stops. */
  readonly persistent: boolean;
}

/** A snapshot, and the handle of its domain. */
export interface FoundSnapshot {
  readonly snapshot: DomainSnapshot;
  /** Makes the handle, at the first use. */
  readonly handle: () => DomainHandle;
}

/** libvirt's VIR_DOMAIN_STATS_STATE. */
const stateStats = 1;
/** libvirt's VIR_CONNECT_GET_ALL_DOMAINS_STATS_PERSISTENT and …_TRANSIENT. */
const filters = { persistent: 1 << 2, transient: 1 << 3 };

/**
 * The state of all domains of a connection: two calls, however many domains there are. Where the driver has no
 * such call, one call for the list and two for each domain.
 * @internal
 */
export async function listDomainSnapshots(connection: ConnectionState): Promise<readonly FoundSnapshot[]> {
  const target = { connection, handle: connection.handle, title: 'the state of all domains' };
  const ask = (filter: number) =>
    call(target, 'virConnectGetAllDomainStats', 'read', (found: FoundStats) => found, [stateStats, filter]);
  try {
    // The first answer alone decides which domains there are. So a domain that changes between the two calls
    // is never missing.
    const [all, transient] = await Promise.all([ask(0), ask(filters.transient)]);
    const passing = new Set(transient.keys);
    return await joined({ found: all, isPersistent: (uuid) => !passing.has(uuid) });
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const listed = await call(
      target,
      'virConnectListAllDomains',
      'read',
      (found: FoundObjects<DomainHandle>) => [...foundObjects(found)],
      [0],
    );
    return existing(await Promise.all(listed.map((domain) => snapshotOf(connection, domain))));
  }
}

/**
 * The state of some domains of a connection, at least one. Domains that don't exist any more are left out. Two
 * calls, however many domains there are. Where the driver has no such call, three calls for each domain.
 * @internal
 */
export async function fetchDomainSnapshots(
  connection: ConnectionState,
  handles: readonly DomainHandle[],
): Promise<readonly FoundSnapshot[]> {
  const ask = (some: readonly DomainHandle[], persistent: boolean) => {
    const target = { connection, handle: some, title: `the state of ${some.length} domains` };
    const filter = persistent ? filters.persistent : 0;
    const read = (found: FoundStats): Answer => ({ found, isPersistent: () => persistent });
    return call(target, 'virDomainListGetStats', 'read', read, [stateStats, filter]);
  };
  try {
    const persistent = await ask(handles, true);
    const known = new Set(persistent.found.keys);
    const others = handles.filter((handle) => !known.has(native().uuidOfDomain(handle)));
    return await (others.length === 0 ? joined(persistent) : joined(persistent, await ask(others, false)));
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return existing(await Promise.all(handles.map((handle) => lookUpSnapshot(connection, handle))));
  }
}

/** The answer of a call that returns virDomainStatsRecords. */
interface Answer {
  readonly found: FoundStats;
  readonly isPersistent: (uuid: string) => boolean;
}

function* snapshots({ found, isPersistent }: Answer): Generator<FoundSnapshot, void> {
  let state = 0;
  let reason = 0;
  const take = (name: string, value: ParameterValue) => {
    if (name === 'state.state') state = Number(value);
    else if (name === 'state.reason') reason = Number(value);
  };
  for (const domain of withParameters(found, take)) {
    yield made(domain, domainState([state, reason]), isPersistent(domain.key));
    state = reason = 0;
  }
}

/** Joins the answers of successive calls. A domain that has changed between the calls may be in both. */
async function joined(...answers: readonly Answer[]): Promise<readonly FoundSnapshot[]> {
  const newest = new Map<string, FoundSnapshot>();
  for (const answer of answers) {
    await inTurns(snapshots(answer), (found) => newest.set(found.snapshot.uuid, found));
  }
  return [...newest.values()];
}

function made(
  { handle, key, name, id }: Found<DomainHandle>,
  { state, reason, stateNumber, reasonNumber }: DomainState,
  persistent: boolean,
): FoundSnapshot {
  const idOrNull = id === -1 ? null : id;
  const snapshot = { name, uuid: key, id: idOrNull, state, reason, stateNumber, reasonNumber, persistent };
  return { snapshot, handle };
}

async function lookUpSnapshot(
  connection: ConnectionState,
  handle: DomainHandle,
): Promise<FoundSnapshot | undefined> {
  const uuid = native().uuidOfDomain(handle);
  const target = { connection, handle: connection.handle, title: `domain with uuid '${uuid}'` };
  const found = await unlessGone(
    call(
      target,
      'virDomainLookupByUUIDString',
      'looked up',
      (domain: FoundObject<DomainHandle>) => foundObject(domain),
      [uuid],
    ),
    'VIR_ERR_NO_DOMAIN',
  );
  return found === undefined ? undefined : snapshotOf(connection, found);
}

async function snapshotOf(
  connection: ConnectionState,
  domain: Found<DomainHandle>,
): Promise<FoundSnapshot | undefined> {
  const target = { connection, handle: domain.handle(), title: `domain '${domain.name}'` };
  const found = await unlessGone(
    Promise.all([
      call(target, 'virDomainGetState', 'asked for its state', domainState, [0]),
      call(target, 'virDomainIsPersistent', 'asked whether it is persistent', yesOrNo, []),
    ]),
    'VIR_ERR_NO_DOMAIN',
  );
  return found === undefined ? undefined : made(domain, ...found);
}

const existing = (all: readonly (FoundSnapshot | undefined)[]): readonly FoundSnapshot[] =>
  all.filter((found) => found !== undefined);

/** Whether the driver doesn't have the call, or not with these filters. */
function isRefusal(error: unknown): boolean {
  return (
    error instanceof LibvirtError &&
    (error.code === 'VIR_ERR_NO_SUPPORT' ||
      error.code === 'VIR_ERR_INVALID_ARG' ||
      error.code === 'VIR_ERR_ARGUMENT_UNSUPPORTED')
  );
}
