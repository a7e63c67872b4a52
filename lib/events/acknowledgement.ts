import { inOwnContext } from '../async-context.js';
import { guarded } from '../errors/report-unhandled.js';

/**
 * A user's `onRegistered`, to be called whenever libvirt may have acknowledged. The first call counts. It runs in the
 * context in which this is made, and what it throws is reported and stops nobody.
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
