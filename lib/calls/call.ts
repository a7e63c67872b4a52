import type { ConnectionState } from '../connection-state.js';
import { ConnectionClosedError, withAttempt } from '../errors.js';
import { redact } from '../errors/redact.js';
import { native, type CallArgument, type Handle, type LibvirtFunction } from '../native.js';

/** What a call is made on. */
export interface CallTarget {
  readonly connection: ConnectionState;
  readonly handle: Handle;
  /** How messages name it: `domain 'web'`. */
  readonly title: string;
}

/**
 * Calls one of libvirt's functions, off the JavaScript thread.
 * @param name One of addon/calls/table.cc. The handle of the target is its first argument.
 * @param participle What can't be done when it fails, for messages: `'suspended'`.
 * @param read Makes the result of the function's answer: a number, an array of the numbers that it answers by pointers,
 *   or a {@link FoundObject}. Which of them follows from the function's type.
 * @throws {LibvirtError} when libvirt fails; code `'VIR_ERR_NO_SUPPORT'` when the installed libvirt hasn't the function.
 * @throws {ConnectionClosedError} when the connection has ended.
 */
export async function call<Result>(
  { connection, handle, title }: CallTarget,
  name: LibvirtFunction,
  participle: string,
  read: (answer: never) => Result,
  ...args: readonly CallArgument[]
): Promise<Result> {
  connection.assertOpen();
  const begin = native().calls[name];
  if (begin === undefined) throw new TypeError(`the addon's table of calls has no ${name}`);
  try {
    // Only the addon knows the function's type.
    return read((await begin(handle, ...args)) as never);
  } catch (error) {
    // The addon can't say of which connection and object it speaks. What is thrown here has the caller in its stack.
    if (error instanceof ConnectionClosedError) connection.assertOpen();
    throw withAttempt(`${title} can't be ${participle} on ${redact(connection.uri)}`, error);
  }
}

/** For functions whose answer says only that they have succeeded. */
export function nothing(): void {
  // There is nothing to read.
}
