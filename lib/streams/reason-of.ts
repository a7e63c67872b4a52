// Imports it because tests may replace the global one with a fake clock.
import { setTimeout as sleep } from 'node:timers/promises';
import { firstValueFrom, race } from 'rxjs';
import { nothing } from '../calls/answers.js';
import type { ConnectionState } from '../connection-state.js';
import { ConnectionClosedError, LibvirtError } from '../errors.js';

/** Where the errors of lost connections come from. */
const transports: ReadonlySet<string> = new Set([
  'VIR_FROM_RPC',
  'VIR_FROM_REMOTE',
  'VIR_FROM_SSH',
  'VIR_FROM_LIBSSH',
]);

/** How long after the error of a call the loss of its connection is told at the latest. */
const lossMs = 200;

/**
 * Where the connection has ended, its end is the reason; a loss may be told a moment later. That is so for connections that
 * were closed because this one has ended, too. The host's own reason is better.
 */
export async function reasonOf(error: unknown, connection: ConnectionState): Promise<unknown> {
  if (error instanceof ConnectionClosedError) return connection.isOpen ? error : connection.closedError();
  if (!(error instanceof LibvirtError) || !transports.has(error.domain)) return error;
  const told = new AbortController();
  const waited = sleep(lossMs, undefined, { signal: told.signal }).catch(nothing);
  await firstValueFrom(race(connection.closed, waited));
  told.abort(); // the timer would keep the process
  return connection.isOpen ? error : connection.closedError();
}
