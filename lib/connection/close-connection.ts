// Imports these functions because tests may replace the global ones with a fake clock. A silent host would
// then block a close for ever.
import { clearTimeout, setTimeout } from 'node:timers';
import type { ConnectionState } from '../connection-state.js';
import { redact } from '../errors/redact.js';
import { log } from '../logging.js';
import { registrationSettled, releaseLoop } from '../loop/registration.js';
import { forgetQueue } from '../native/delivery.js';
import { removeRoute } from '../native/receivers.js';
import { native } from '../native.js';

/**
 * Closes a connection whose end was announced already, off the JavaScript thread; see `Connection.close`.
 * Resolves when libvirt has released everything, or when {@link withinTime} has given up.
 * @param closeToken The token of the connection's `OpenedConnection`.
 */
export async function closeConnection({ handle, uri }: ConnectionState, closeToken: number): Promise<void> {
  const addon = native();
  removeRoute(closeToken);
  try {
    const references = await addon.closeConnection(handle);
    if (references > 0) log().debug(`${references} calls under way still hold ${redact(uri)}`);
  } catch (error) {
    log().warn(`no longer waiting for the close of ${redact(uri)}: ${String(error)}`);
  }
  addon.abandonConnection(closeToken);
  forgetQueue(closeToken);
  // The loop still has to free the watches and timeouts that libvirt has removed meanwhile.
  await registrationSettled();
  releaseLoop();
  log().info(`closed ${redact(uri)}`);
}

/**
 * Waits for a close, but not longer than `timeoutMs`. Then it abandons the connection, which settles every promise of
 * the connection, also that of the close.
 */
export async function withinTime(
  timeoutMs: number,
  closing: Promise<void>,
  closeToken: number,
): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const gaveUp = new Promise<void>((resolve) => {
    timer = setTimeout(() => {
      native().abandonConnection(closeToken);
      resolve();
    }, timeoutMs);
  });
  try {
    await Promise.race([closing, gaveUp]);
  } finally {
    clearTimeout(timer);
  }
}
