import { ErrorInJson } from '../errors.js';

/**
 * What a URI may only do when the program allows it:
 * - `'command'`: name a program to run, on this machine (`command=`, the transport `ext`) or on the host (`netcat=`, and
 *   a `socket=` for ssh that has characters of the shell);
 * - `'no-verify'`: not check who the other side is (`no_verify`, `no_sanity`, `known_hosts_verify` other than normal);
 * - `'no-tty'`: keep ssh from asking a person (`no_tty`);
 * - `'ssh-options'`: choose how ssh is used (`keyfile`, `known_hosts`, `sshauth`, `proxy`);
 * - `'tls-options'`: choose certificates and ciphers (`pkipath`, `tls_priority`);
 * - `'authfile'`: name a file with passwords (`authfile`);
 * - `'embed'`: run a hypervisor's driver in this process (`root`).
 *
 * What `name` has is a URI too: the other side opens it.
 */
export type UriPermission =
  'command' | 'no-verify' | 'no-tty' | 'ssh-options' | 'tls-options' | 'authfile' | 'embed';

/** A URI would run a command, or switch off a check, and the program has not allowed it. Nothing was opened. */
export class UnsafeUriError extends ErrorInJson {
  override readonly name = 'UnsafeUriError';
  readonly code = 'ERR_UNSAFE_URI';
  /** What the option `allow` must have for it. */
  readonly permission: UriPermission;

  constructor(permission: UriPermission, message: string, options?: ErrorOptions) {
    super(message, options);
    this.permission = permission;
  }
}
