import { checkKeys, checkText, describe } from '../arguments.js';
import { wantedUri } from '../connection/open-options.js';
import { checkName, nameByUri } from './host-name.js';
import { checkWatchOptions, watchOptionNames, type WatchOptions } from './watch-options.js';

/** How to watch the hosts of a fleet; see {@link WatchOptions}. They hold for each host. */
export type FleetOptions = Omit<WatchOptions, 'name'>;

/** The hosts of a fleet: their URIs, or an object that has the URI of each name. */
export type FleetUris = readonly string[] | Readonly<Record<string, string>>;

/** How to add a host to a fleet. */
export interface AddHostOptions {
  /**
   * Names the host in the fleet; must not be empty. Unless given, its URI without user, password and most of its query,
   * as in {@link WatchOptions.name}; `'default'` with an empty URI.
   */
  readonly name?: string;
}

/** A host that is to be watched. */
export interface NamedUri {
  readonly name: string;
  readonly uri: string;
}

/** The hosts that the argument of `watchAll` tells of. Throws `TypeError` for anything else; see {@link readUri}. */
export function readUris(uris: unknown, allow?: FleetOptions['allow']): NamedUri[] {
  // Not map(), which would leave out the holes of an array.
  if (Array.isArray(uris)) return Array.from(uris, (uri: unknown) => readUri(uri, {}, allow));
  if (!isPlainObject(uris))
    throw new TypeError(`uris must be an array of URIs or an object { name: uri }, got ${describe(uris)}`);
  if (Object.getOwnPropertySymbols(uris).length > 0)
    throw new TypeError('uris has a symbol as key; its keys name the hosts, so they must be strings');
  return Object.entries(uris).map(([name, uri]) => {
    if (name === '') throw new TypeError('uris has an empty key; its keys name the hosts');
    return readUri(uri, { name }, allow);
  });
}

/** Whether it is an object without a class, of this realm or another. */
function isPlainObject(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/**
 * Throws `TypeError` unless these are a URI and the options of `Fleet.add`, {@link UnsafeUriError} unless the URI may do
 * what it does.
 * @param allow The option of the fleet.
 */
export function readUri(uri: unknown, options: AddHostOptions, allow: FleetOptions['allow'] = []): NamedUri {
  checkText('uri', uri);
  wantedUri(uri, allow);
  checkKeys('add', options, ['name']);
  const { name = nameByUri(uri as string) } = options;
  checkName(name);
  return { name, uri: uri as string };
}

/** Throws `TypeError` or `RangeError` for options that are wrong. */
export function checkFleetOptions(options: FleetOptions): void {
  checkKeys(
    'watchAll',
    options,
    watchOptionNames.filter((each) => each !== 'name'),
  );
  checkWatchOptions(options);
}
