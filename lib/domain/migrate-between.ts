import { firstValueFrom, from, map, merge } from 'rxjs';
import { abortable } from '../calls/abortable.js';
import { call } from '../calls/call.js';
import type { CallOptions } from '../calls/call-options.js';
import type { Place } from '../calls/libvirt-object.js';
import type { AnotherConnection, ConnectionState } from '../connection-state.js';
import { native, type CallArgument } from '../native.js';

/** A domain, and where it moves from and to. */
export interface Move {
  readonly from: Place;
  readonly to: ConnectionState;
  readonly uuid: string;
}

/** The domain on the other host. */
interface MovedDomain {
  readonly uuid: string;
  readonly name: string;
  readonly id: number;
}

const name = 'virDomainMigrate3';
const closeTimeoutMs = 2000;

/**
 * Calls virDomainMigrate3. It has a connection of its own to each host: a call that had to wait for its turn on two
 * connections could wait for a call that waits for it.
 * @param args The typed parameters and the flags.
 */
export async function migrateBetween(
  move: Move,
  args: readonly [parameters: CallArgument, flags: number],
  options: CallOptions,
): Promise<MovedDomain> {
  options.signal?.throwIfAborted();
  const { connection, title } = move.from;
  const opening = new AbortController();
  const abandon = () => {
    opening.abort();
  };
  const moved = from(onOwnConnections(move, args, opening.signal));
  const moving = firstValueFrom(merge(moved, lossOf(connection), lossOf(move.to))).finally(abandon);
  const attempt = () => `${title} can't be migrated`;
  return abortable(moving, options, { call: name, attempt, abandon });
}

const lossOf = (connection: ConnectionState) =>
  connection.closed.pipe(
    map(() => {
      throw connection.closedError();
    }),
  );

async function onOwnConnections(
  { from: { connection, title }, to, uuid }: Move,
  [parameters, flags]: readonly [CallArgument, number],
  signal: AbortSignal,
): Promise<MovedDomain> {
  signal.throwIfAborted();
  const opened: AnotherConnection[] = [];
  try {
    for (const each of [connection, to]) opened.push(await each.openAnother(signal));
    const [source, destination] = opened as [AnotherConnection, AnotherConnection];
    const handle = native().referToDomain(source.state.handle, uuid);
    const target = { connection: source.state, handle, title };
    signal.throwIfAborted();
    // The signal doesn't end the call: without its client libvirt would leave the guest between both hosts.
    return await call(target, name, 'migrated', movedDomain, [destination.state.handle, parameters, flags]);
  } finally {
    for (const each of opened) void each.close({ timeout: closeTimeoutMs });
  }
}

const movedDomain = ([uuid, name, id]: readonly [string, string, number]): MovedDomain => ({
  uuid,
  name,
  id,
});
