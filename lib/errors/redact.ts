/** A URI in three pieces, also one that is no valid URI. */
export interface SplitUri {
  /** What stands before the user: `'qemu+tls://'`. */
  readonly head: string;
  /** The user, with the password if there is one, as they are written; empty when there is neither. */
  readonly userInfo: string;
  readonly hasPassword: boolean;
  /** What stands behind the `@`. */
  readonly rest: string;
}

// A host with an @ in its query: key files are called user@host more often than a password looks like this.
const hasItInQuery = /^(?:[^:@/?#]*@)?(?:\[[^\]@/?#]*\]|[^:@/?#]*)(?::\d*)?(?:\/[^@?#]*)?\?[\w-]+=/;

/**
 * Splits a URI at its user and password. People write passwords as they are, with `/`, `?`, `#`, `@` and
 * spaces, so a password is taken to reach up to the last `@`: rather too far than not far enough.
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

// Parameters of libvirt's that tell one place from another and hold no secret.
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

/** A URI without user and password, and of its query what libvirt knows and is plain, for messages and logs. */
export function redact(uri: string): string {
  const { head, rest } = splitUri(uri);
  const [, place = '', query = ''] = /^([^?]*)(?:\?(.*))?$/s.exec(rest) ?? [];
  const shown = query.split('&').filter((parameter) => {
    const [, name] = /^(\w+)=[\w./:%+,~-]*$/.exec(parameter) ?? [];
    return name !== undefined && shownParameters.has(name);
  });
  return head + place + (shown.length === 0 ? '' : `?${shown.join('&')}`);
}

// libvirt has no such parameters, but people try them.
const secretParameter = /([?&](?=[\w-]*(?:passw|passphrase|pwd|secret|token))[\w-]+=)[^&]+/gi;

/** What stands before the first of the query's values that sounds like a password; undefined without one. */
export function beforeSecretParameter(uri: string): string | undefined {
  const [found] = uri.matchAll(secretParameter);
  return found && uri.slice(0, found.index + (found[1] ?? '').length);
}

/** A URI that libvirt completed, without its password. */
export function withoutPassword(uri: string): string {
  return uri.replace(/^([^/?#]*\/\/[^/?#:@]*?)(?::|%3A)[^/?#]*@/i, '$1@').replace(secretParameter, '$1***');
}
