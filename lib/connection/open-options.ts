import {
  checkBoolean,
  checkFunction,
  checkInteger,
  checkKeys,
  checkSettings,
  checkSignal,
  checkText,
} from '../arguments.js';
import type { AuthCallback } from './authentication.js';
import { checkAllow, checkUri, type UriPermission } from '../calls/uri-safety.js';

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
} satisfies Record<keyof OpenOptions, true>);

/** The URI that is opened, as far as it is known here. */
export function wantedUri(uri: string | undefined): string | undefined {
  return uri ?? process.env['LIBVIRT_DEFAULT_URI'];
}

/**
 * Throws `TypeError` or `RangeError` for values that libvirt would misread, and {@link UnsafeUriError} for a URI that does
 * what is not allowed.
 */
export function checkOpenOptions(uri: unknown, options: OpenOptions): void {
  if (uri !== undefined) checkText('uri', uri);
  checkKeys('Connection.open', options, openOptions);
  const { auth, allow = [] } = options;
  if (auth !== undefined) checkFunction('auth', auth);
  checkAllow(allow);
  const wanted = wantedUri(uri as string | undefined);
  if (wanted !== undefined) checkUri(wanted, allow);
  if (options.signal !== undefined) checkSignal('signal', options.signal);
  if (options.readOnly !== undefined) checkBoolean('readOnly', options.readOnly);
  if (options.callsAtOnce !== undefined) checkInteger('callsAtOnce', options.callsAtOnce, 1, 64);
  if (options.timeout !== undefined) checkInteger('timeout', options.timeout, 0, 0x7fffffff);
  if (options.keepAlive !== undefined && options.keepAlive !== false) {
    checkSettings('keepAlive', options.keepAlive);
    checkKeys('keepAlive', options.keepAlive, ['interval', 'count']);
    checkInteger('keepAlive.interval', options.keepAlive.interval, 1, 0x7fffffff);
    checkInteger('keepAlive.count', options.keepAlive.count, 0, 0x7fffffff);
  }
}
