import { decoded, mostUrisWithin, valuesOf, withValues } from './uri-parameters.js';

/** A URI in three pieces. It need not be a valid URI. */
export interface SplitUri {
  /** The part before the user: `'qemu+tls://'`. */
  readonly head: string;
  /** The user, with the password if there is one, as they are written; empty when there is neither. */
  readonly userInfo: string;
  readonly hasPassword: boolean;
  /** The part after the `@`. */
  readonly rest: string;
}

// A host, and a query with an @. It is more likely that a key file is called user@host than that a password
// looks like this.
const hasItInQuery = /^(?:[^:@/?#]*@)?(?:\[[^\]@/?#]*\]|[^:@/?#]*)(?::\d*)?(?:\/[^@?#]*)?\?[\w-]+=/;

/**
 * Splits a URI into what comes before user and password, these two, and the rest. People write passwords
 * without escaping `/`, `?`, `#`, `@` and spaces. So a password is assumed to reach up to the last `@`: it is
 * better to hide too much than too little.
 */
export function splitUri(uri: string): SplitUri {
  const [, head = '', body = ''] = /^([^/:?#]*:?\/*)(.*)$/s.exec(uri) ?? [];
  const hasHost = /^[^/]*\/\/$/.test(head);
  const searched = hasHost && !hasItInQuery.test(body) ? body : body.replace(/\?.*$/s, '');
  const upToLast = searched.slice(0, Math.max(0, searched.lastIndexOf('@')));
  const hasPassword = upToLast !== '' && (!head.includes('/') || /:|%3a/i.test(upToLast));
  const user = hasHost ? (/^[^/?#]*(?=@)/.exec(body)?.[0] ?? '') : '';
  const userInfo = hasPassword ? upToLast : user;
  const rest = userInfo === '' ? body : body.slice(userInfo.length + 1);
  return { head, userInfo, hasPassword, rest };
}

// libvirt's parameters that say which host or file is meant, and that hold no secret.
const shownParameters = new Set([
  'authfile',
  'command',
  'keyfile',
  'known_hosts',
  'mode',
  'name',
  'netcat',
  'pkipath',
  'socket',
  'transport',
  'vcenter',
]);

/**
 * A URI for messages and logs: without user and password. Of its query only those parameters are kept that
 * libvirt knows and that have a simple value. What `name` has is a URI, which may have a password too: only the simplest
 * are kept.
 */
export function redact(uri: string): string {
  const { head, rest } = splitUri(uri);
  const [, place = '', query = ''] = /^([^?]*)(?:\?(.*))?$/s.exec(rest) ?? [];
  const shown = query.split('&').filter((parameter) => {
    const [, name, value = ''] = /^(\w+)=([\w./:%+,~-]*)$/.exec(parameter) ?? [];
    if (name === undefined || !shownParameters.has(name)) return false;
    return name !== 'name' || /^(?:[\w+.-]+:(?=\/))?[\w./+,~-]*$/.test(decoded(value));
  });
  return head + place + (shown.length === 0 ? '' : `?${shown.join('&')}`);
}

/** libvirt has no parameters with such names, but people try them. */
const secretName = /passw|passphrase|pwd|secret|token/i;

/** A value that is named like a password is taken to reach up to the next parameter for certain. */
const secretValues = (uri: string) => valuesOf(uri, secretName, /&/);

/**
 * The part of a URI before the first value of its query that is named like a password. Undefined if there is
 * none.
 */
export function beforeSecretParameter(uri: string): string | undefined {
  for (const { start, end } of secretValues(uri)) if (end > start) return uri.slice(0, start);
  return undefined;
}

/** A URI that libvirt completed, without its password, and without those of the URIs within it. */
export function withoutPassword(uri: string, depth = 0): string {
  const [authority = ''] = /^[^/?#]*\/\/[^/?#]*(?=@)/.exec(uri) ?? [];
  const start = authority.indexOf('//') + 2;
  const colon = authority.slice(start).search(/:|%3A/i);
  const user = colon === -1 ? authority : authority.slice(0, start + colon);
  const rest = uri.slice(authority.length);
  const clean = withValues(rest, secretValues(rest), (value) => (value === '' ? '' : '***'));
  return withValues(user + clean, valuesOf(user + clean, /^name$/i, /[&;]/), (value) => {
    const within = decoded(value);
    const hidden = depth < mostUrisWithin ? withoutPassword(within, depth + 1) : '***';
    return hidden === within ? value : encodeURIComponent(hidden);
  });
}
