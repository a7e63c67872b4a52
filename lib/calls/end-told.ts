// Imports it because tests may replace the global one with a fake clock.
import { setTimeout as sleep } from 'node:timers/promises';
import { firstValueFrom, race } from 'rxjs';
import type { ConnectionState } from '../connection-state.js';
import { nothing } from './answers.js';

/** How long after the error of a call the loss of its connection is told at the latest. */
const lossMs = 200;

/** Resolves when the connection has ended, or doesn't end: a call may fail by the loss of it before the loss is told. */
export async function endTold(connection: ConnectionState): Promise<void> {
  if (!connection.isOpen) return;
  const told = new AbortController();
  const waited = sleep(lossMs, undefined, { signal: told.signal }).catch(nothing);
  await firstValueFrom(race(connection.closed, waited));
  told.abort(); // the timer would keep the process
}
