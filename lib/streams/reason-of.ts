import { endTold } from '../calls/end-told.js';
import type { ConnectionState } from '../connection-state.js';
import { ConnectionClosedError, LibvirtError } from '../errors.js';

/** Where the errors of lost connections come from. */
const transports: ReadonlySet<string> = new Set([
  'VIR_FROM_RPC',
  'VIR_FROM_REMOTE',
  'VIR_FROM_SSH',
  'VIR_FROM_LIBSSH',
]);

/**
 * Where the connection has ended, its end is the reason; a loss may be told a moment later. That is so for connections that
 * were closed because this one has ended, too. The host's own reason is better.
 */
export async function reasonOf(error: unknown, connection: ConnectionState): Promise<unknown> {
  if (error instanceof ConnectionClosedError) return connection.isOpen ? error : connection.closedError();
  if (!(error instanceof LibvirtError) || !transports.has(error.domain)) return error;
  await endTold(connection);
  return connection.isOpen ? error : connection.closedError();
}
