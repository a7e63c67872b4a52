import { Host } from './host.js';
import { checkWatchOptions, type WatchOptions } from './watch-options.js';

/**
 * Watches a hypervisor: opens a connection, keeps it, and opens it again after each loss. The first attempt
 * begins at once. A failure of it is no error: the next attempt follows.
 * @param uri As for `Connection.open`.
 * @throws {TypeError | RangeError} for invalid arguments and options.
 * @throws {Error} that says what to do, where no attempt could succeed in this process: rxvirt's addon or libvirt can't
 *   be loaded.
 * @throws {EventLoopError} code `'EALREADY'` for the same reason: other code has registered an event loop with libvirt.
 * @example
 * const host = watch('qemu:///system');
 * host.domainChanges.subscribe(console.log);
 */
export function watch(uri?: string, options: WatchOptions = {}): Host {
  checkWatchOptions(options);
  return new Host(uri, options);
}
