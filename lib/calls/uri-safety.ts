import { describe } from '../arguments.js';
import { oneOf } from './values.js';
import { UnsafeUriError, type UriPermission } from '../errors/unsafe-uri-error.js';
import { redact } from '../errors/redact.js';
import { decoded, mostUrisWithin, parametersOf } from '../errors/uri-parameters.js';

/** All permissions. */
export const permissions = Object.keys({
  command: true,
  'no-verify': true,
  'no-tty': true,
  'ssh-options': true,
  'tls-options': true,
  authfile: true,
  embed: true,
} satisfies Record<UriPermission, true>) as readonly UriPermission[];

/** The parameters of a URI that libvirt's remote driver and its other drivers take; see https://libvirt.org/uri.html. */
const parameters: ReadonlyMap<string, UriPermission> = new Map([
  ['command', 'command'],
  ['netcat', 'command'],
  ['no_verify', 'no-verify'],
  ['no_sanity', 'no-verify'],
  ['known_hosts_verify', 'no-verify'],
  ['transport', 'no-verify'],
  ['no_tty', 'no-tty'],
  ['keyfile', 'ssh-options'],
  ['known_hosts', 'ssh-options'],
  ['sshauth', 'ssh-options'],
  ['proxy', 'ssh-options'],
  ['pkipath', 'tls-options'],
  ['tls_priority', 'tls-options'],
  ['authfile', 'authfile'],
  ['root', 'embed'],
]);

/** With these values a parameter leaves everything as it is. */
const harmless = new Set([
  'no_verify=0',
  'no_sanity=0',
  'no_tty=0',
  'known_hosts_verify=normal',
  'transport=https',
]);

/** Throws `TypeError` unless `allow` is a list of permissions. */
export function checkAllow(allow: unknown): asserts allow is readonly UriPermission[] {
  if (!Array.isArray(allow)) throw new TypeError(`allow must be an array, got ${describe(allow)}`);
  for (const each of allow as string[]) oneOf('each of allow', each, permissions);
}

/**
 * Throws {@link UnsafeUriError} if the URI does what is not allowed, `TypeError` if it has an encoded null character:
 * libvirt would end the name of a parameter there.
 */
export function checkUri(uri: string, allow: readonly UriPermission[], depth = 0): void {
  if (depth > mostUrisWithin) throw new TypeError(`${redact(uri)} is within too many other URIs`);
  const refuse = (permission: UriPermission, what: string) => {
    if (allow.includes(permission)) return;
    const message = `${redact(uri)} can't be opened: ${what}, which must be allowed with allow: ['${permission}']`;
    throw new UnsafeUriError(permission, message);
  };
  if (uri.includes('%00')) throw new TypeError(`${redact(uri)} must not contain a null character (%00)`);
  const [scheme = ''] = /^[^:/?#]*/.exec(uri) ?? [];
  const transports = scheme.toLowerCase().split('+');
  if (transports.includes('ext')) refuse('command', 'its transport runs a command');
  const isByShell = transports.some((each) => /^(lib)?ssh2?$/.test(each));
  for (const { name, value } of parametersOf(uri)) {
    // libvirt hands the path of the socket to the shell of the host as it is.
    if (isByShell && name === 'socket' && !/^([\w/][\w/.:@+=,~-]*)?$/.test(value))
      refuse(
        'command',
        'its parameter socket has characters that the shell of the host could take for a command',
      );
    if (name === 'name') checkUri(value, allow, depth + 1);
    const permission = parameters.get(name);
    if (permission === undefined || harmless.has(`${name}=${value}`)) continue;
    refuse(permission, `its parameter ${name} ${reasons[permission]}`);
  }
  // ssh would take it for an option.
  if (/^[^:/?#]*:\/\/(?:[^/?#]*@)?\[?(?:-|%2d)/i.test(uri) || /^[^:/?#]*:\/\/\[?-/.test(decoded(uri)))
    refuse('ssh-options', 'its user or host begins with a hyphen');
}

const reasons: Readonly<Record<UriPermission, string>> = {
  command: 'names a command to run',
  'no-verify': 'switches off the check of who the other side is',
  'no-tty': 'keeps ssh from asking a person',
  'ssh-options': 'chooses how ssh is used',
  'tls-options': 'chooses certificates or ciphers',
  authfile: 'names a file with passwords',
  embed: 'runs a driver in this process',
};
