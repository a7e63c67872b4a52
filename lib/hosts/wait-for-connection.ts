import { filter, map, throwIfEmpty, type Observable } from 'rxjs';
import { firstWithin } from '../connection/first-within.js';
import { ConnectionClosedError } from '../errors.js';
import { WaitTimeoutError } from '../errors/wait-timeout-error.js';
import { checkKeys, checkMilliseconds, checkSignal } from '../arguments.js';
import type { Step } from './connector.js';
import type { HostClosedStatus, HostStatus } from './host-status.js';

/** How long to wait for a connection. */
export interface WaitForConnectionOptions {
  /** Milliseconds, up to 2^31 - 1; no limit unless given. */
  readonly timeout?: number;
  /** Stops the wait when it aborts. */
  readonly signal?: AbortSignal;
}

/**
 * Resolves with the connection, as soon as there is one; see `Host.connection`.
 * @param steps Called when the options are valid.
 * @param host The name of the host, for messages.
 */
export async function waitForConnection<C>(
  steps: () => Observable<Step<C>>,
  host: string,
  options: WaitForConnectionOptions,
): Promise<C> {
  checkKeys('connection', options, ['timeout', 'signal']);
  const { timeout, signal } = options;
  if (timeout !== undefined) checkMilliseconds('timeout', timeout);
  if (signal !== undefined) checkSignal('signal', signal);
  signal?.throwIfAborted();
  let last: HostStatus | undefined;
  let cause: unknown;
  const present = steps().pipe(
    map(({ status, connection }) => {
      last = status;
      if ('error' in status) cause = status.error;
      return connection;
    }),
    filter((connection) => connection !== undefined),
    throwIfEmpty(() => {
      if (last !== undefined && hasEndedItself(last)) return last.error;
      const message = `host ${host} was closed; call watch() for a new one`;
      return new ConnectionClosedError('client', message, cause === undefined ? {} : { cause });
    }),
  );
  const timeoutError = (ms: number) => {
    const why = cause instanceof Error ? `: ${cause.message}` : '';
    return new WaitTimeoutError(ms, `host ${host} had no connection for ${ms} ms${why}`, { cause });
  };
  return firstWithin(present, { timeout, timeoutError, signal });
}

function hasEndedItself(status: HostStatus): status is HostClosedStatus & { readonly error: unknown } {
  return status.state === 'closed' && 'error' in status;
}
