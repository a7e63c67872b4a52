import { Fleet } from './fleet.js';
import { checkFleetOptions, readUris, type FleetOptions, type FleetUris } from './fleet-options.js';

/**
 * Watches several hypervisors: a {@link Fleet} with a host for each URI. Each host connects, fails and recovers by
 * itself, as with `watch()`. Hosts can be added and removed later, so a fleet may begin with none.
 * @param uris As for `Connection.open`. With an object, its keys name the hosts; else their URIs do.
 * @param options Hold for each host, also for those that are added later.
 * @throws {FleetError} when two hosts have the same name. Then nothing is opened.
 * @throws {TypeError | RangeError} for invalid arguments and options.
 * @throws {Error} where no host can be watched in this process; see `watch()`.
 * @example
 * const fleet = watchAll({ one: 'qemu+ssh://one/system', two: 'qemu+ssh://two/system' });
 * fleet.domainChanges.subscribe(({ host, type }) => console.log(host, type));
 */
export function watchAll(uris: FleetUris, options: FleetOptions = {}): Fleet {
  checkFleetOptions(options);
  return new Fleet(readUris(uris, options.allow), options);
}
