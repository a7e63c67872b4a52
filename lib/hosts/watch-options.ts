import { checkedOpenOptions, type OpenOptions } from '../connection/open-options.js';
import { checkInteger, checkKeys, copyOf } from '../arguments.js';
import { checkName } from './host-name.js';
import { checkReconnectOptions, type ReconnectOptions } from './delays.js';

/** How to watch a host. */
export interface WatchOptions extends Omit<OpenOptions, 'signal'> {
  /**
   * Names the host in its items, in the log and in metrics; must not be empty. Unless given, its URI as messages show
   * it: without user and password, and with only those parameters of its query that say which host or file is meant.
   * `'default'` where there is no URI or an empty one. Two URIs can have the same name then.
   */
  readonly name?: string;
  /**
   * Whether the connections are read-only, which is enough for events and live state. Unless given, they are,
   * and `host.connection()` opens a further connection that is not.
   */
  readonly readOnly?: boolean;
  /** How long one attempt may take, in milliseconds; 30,000 unless given. */
  readonly timeout?: number;
  /** How long to wait before the next attempt. With false there is only one attempt. */
  readonly reconnect?: ReconnectOptions | false;
  /**
   * The live state lists everything again after about this many milliseconds, an integer from 1 to 2^31 - 1,
   * to find what no event has told. Never unless given.
   */
  readonly resync?: number;
}

const ownOptions = ['name', 'reconnect', 'resync'] as const;

export const watchOptionNames = Object.keys({
  name: true,
  readOnly: true,
  keepAlive: true,
  callsAtOnce: true,
  auth: true,
  allow: true,
  timeout: true,
  reconnect: true,
  resync: true,
} satisfies Record<keyof WatchOptions, true>);

/** Throws `TypeError` or `RangeError` for options that are wrong. */
export function checkWatchOptions(options: WatchOptions): void {
  checkKeys('watch', options, watchOptionNames);
  checkedOpenOptions(openOptionsOf(options));
  const { name, reconnect, resync } = options;
  if (name !== undefined) checkName(name);
  if (reconnect !== undefined && reconnect !== false) checkReconnectOptions(reconnect);
  if (typeof resync === 'boolean')
    throw new TypeError('resync must be a number of milliseconds; leave it out to list only after a loss');
  if (resync !== undefined) checkInteger('resync', resync, 1, 0x7fffffff);
}

/** Those options that are for opening a connection. */
export function openOptionsOf(options: WatchOptions): OpenOptions {
  const own: readonly string[] = ownOptions;
  const names = watchOptionNames.filter((name) => !own.includes(name));
  return { timeout: 30_000, ...copyOf<OpenOptions>(options, names as (keyof OpenOptions)[]) };
}
