import {
  checkBoolean,
  checkFunction,
  checkInteger,
  checkKeys,
  checkSettings,
  checkSignal,
  checkText,
  copyOf,
} from '../arguments.js';
import { native } from '../native.js';
import type { AuthCallback } from './authentication.js';
import { checkAllow, checkUri } from '../calls/uri-safety.js';
import type { UriPermission } from '../errors/unsafe-uri-error.js';

/** How to open a connection. */
export interface OpenOptions {
  /**
   * Opens read-only (virConnectOpenReadOnly). That is enough for events, but libvirt refuses changes. False
   * unless given.
   */
  readonly readOnly?: boolean;
  /**
   * Asks the other side for signs of life (virConnectSetKeepAlive). After `count` unanswered requests,
   * `interval` seconds apart, the connection counts as lost. The default is 5 requests, 5 seconds apart, so a
   * silent host is noticed after half a minute. With false nothing is asked. With a `count` of 0 nothing is
   * asked either, but the connection counts as lost when no message has come for `interval` seconds. Has no
   * effect when the hypervisor's driver is in this process.
   */
  readonly keepAlive?: { readonly interval: number; readonly count: number } | false;
  /**
   * How many of libvirt's functions run at once on this connection, 1 to 64. Further calls wait for their
   * turn. The default is 1 on a connection to a daemon, because libvirt's client has faults with more (see
   * docs/libvirt-client-crash.md). The default is 8 when the hypervisor's driver is in this process.
   */
  readonly callsAtOnce?: number;
  /**
   * Milliseconds after which the open is given up, an integer from 0 to 2^31 - 1. Unless given, the open takes
   * as long as the other side and the system let it.
   */
  readonly timeout?: number;
  /**
   * Answers what libvirt asks before it opens the connection: user name, password …. Without it, libvirt uses only its
   * file of credentials (`auth.conf`).
   */
  readonly auth?: AuthCallback;
  /**
   * What the URI may do that is otherwise refused: run a command, or switch off checks; see {@link UriPermission}. An
   * alias in libvirt's configuration, and libvirt's own default URI, are not looked at.
   */
  readonly allow?: readonly UriPermission[];
  /** Stops waiting when it aborts. */
  readonly signal?: AbortSignal;
}

export const keepAliveDefaults = { interval: 5, count: 5 };

const openOptions = Object.keys({
  readOnly: true,
  keepAlive: true,
  callsAtOnce: true,
  auth: true,
  allow: true,
  timeout: true,
  signal: true,
} satisfies Record<keyof OpenOptions, true>) as (keyof OpenOptions)[];

/**
 * The URI that is opened, as far as it is known here. libvirt takes an empty one for none, and then that of the
 * environment. A worker can have an environment of its own, which libvirt doesn't see.
 * @param uri What the program gave.
 * @throws {TypeError} for what is no URI, and {@link UnsafeUriError} for one that does what is not allowed.
 */
export function wantedUri(uri: unknown, allow: OpenOptions['allow'] = []): string | undefined {
  if (uri !== undefined) checkText('uri', uri);
  const wanted =
    unlessEmpty(uri as string | undefined) ??
    unlessEmpty(process.env['LIBVIRT_DEFAULT_URI']) ??
    native().defaultUri();
  if (wanted !== undefined) checkUri(wanted, allow);
  return wanted;
}

/**
 * Throws `TypeError` or `RangeError` for values that libvirt would misread. Returns a copy: what the program does with its
 * object later changes nothing.
 */
export function checkedOpenOptions(given: OpenOptions): OpenOptions {
  checkKeys('Connection.open', given, openOptions);
  const options: OpenOptions = copyOf(given, openOptions);
  const { auth, allow, signal, readOnly, callsAtOnce, timeout, keepAlive } = options;
  if (auth !== undefined) checkFunction('auth', auth);
  if (allow !== undefined) checkAllow(allow);
  if (signal !== undefined) checkSignal('signal', signal);
  if (readOnly !== undefined) checkBoolean('readOnly', readOnly);
  if (callsAtOnce !== undefined) checkInteger('callsAtOnce', callsAtOnce, 1, 64);
  if (timeout !== undefined) checkInteger('timeout', timeout, 0, 0x7fffffff);
  return {
    ...options,
    ...(allow !== undefined && { allow: [...allow] }),
    ...(keepAlive !== undefined && { keepAlive: keepAlive === false ? false : checkedKeepAlive(keepAlive) }),
  };
}

const unlessEmpty = (text: string | undefined) => (text === '' ? undefined : text);

function checkedKeepAlive(given: object): { readonly interval: number; readonly count: number } {
  checkSettings('keepAlive', given);
  const names = ['interval', 'count'] as const;
  checkKeys('keepAlive', given, names);
  const { interval, count } = copyOf(given as { interval: number; count: number }, names);
  checkInteger('keepAlive.interval', interval, 1, 0x7fffffff);
  checkInteger('keepAlive.count', count, 0, 0x7fffffff);
  return { interval, count };
}
