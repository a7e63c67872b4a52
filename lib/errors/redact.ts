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

/** A URI without user, password and query, for messages and logs. */
export function redact(uri: string): string {
  const { head, rest } = splitUri(uri);
  return head + rest.replace(/\?.*$/s, '');
}

/** A URI that libvirt completed, without its password. */
export function withoutPassword(uri: string): string {
  return uri.replace(/^([^/?#]*\/\/[^/?#:@]*?)(?::|%3A)[^/?#]*@/i, '$1@');
}
