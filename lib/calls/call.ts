import type { ConnectionState } from '../connection-state.js';
import { ConnectionClosedError, withAttempt } from '../errors.js';
import { redact } from '../errors/redact.js';
import { native, type CallArgument, type Handles, type LibvirtFunction } from '../native.js';

/** What a call is made on: a connection, an object, or some objects. */
export interface CallTarget {
  readonly connection: ConnectionState;
  readonly handle: Handles;
  /** How messages name it: `domain 'web'`. */
  readonly title: string;
}

/**
 * Calls one of libvirt's functions, off the JavaScript thread.
 * @param name A function of addon/calls/table.cc. Its first argument is the handle of the target.
 * @param participle What is done to the target, for the message of a failure: `'suspended'` in "can't be
 *   suspended".
 * @param read Makes the result from the function's answer. The function's type decides what the answer is; see
 *   `calls` in lib/native/addon.ts.
 * @throws {LibvirtError} when libvirt fails; code `'VIR_ERR_NO_SUPPORT'` when the installed libvirt doesn't
 *   have the function.
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
    // The addon's error doesn't name the connection and the object, so the error is made again here. It also
    // has the caller in its stack.
    if (error instanceof ConnectionClosedError) connection.assertOpen();
    throw withAttempt(`${title} can't be ${participle} on ${redact(connection.uri)}`, error);
  }
}

/** The `read` for functions whose answer says only that they have succeeded. */
export function nothing(): void {
  // There is nothing to read.
}

/** The `read` for functions that answer a question: 1 is yes. */
export function yesOrNo(answer: number): boolean {
  return answer === 1;
}
