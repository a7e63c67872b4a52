import { inOwnContext } from '../async-context.js';
import { guarded } from '../errors/report-unhandled.js';

/**
 * Makes a function to be called at every sign that libvirt has acknowledged. Its first call calls a user's
 * `onRegistered`; later calls do nothing. `onRegistered` runs in the asynchronous context in which this function was
 * made. An error that it throws is reported, and stops nothing else.
 */
export function acknowledgement(onRegistered: () => void): () => void {
  const tell = guarded(inOwnContext(onRegistered));
  let isTold = false;
  return () => {
    if (isTold) return;
    isTold = true;
    tell();
  };
}
