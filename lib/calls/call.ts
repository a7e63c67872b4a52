import type { ConnectionState } from '../connection-state.js';
import { ConnectionClosedError, withAttempt } from '../errors.js';
import { redact } from '../errors/redact.js';
import { native, type CallArgument, type Handles, type LibvirtFunction } from '../native.js';
import { abortable } from './abortable.js';
import { reported } from './call-channel.js';
import type { CallOptions } from './call-options.js';
import { endTold } from './end-told.js';

/** What a call is made on: a connection, an object, or some objects. */
export interface CallTarget {
  readonly connection: ConnectionState;
  readonly handle: Handles;
  /** How messages name it: `domain 'web'`. */
  readonly title: string;
}

/** Makes the result from a function's answer. The function's type decides what the answer is. */
export type Read<Result> = (answer: never) => Result;

/**
 * Calls one of libvirt's functions, off the JavaScript thread.
 * @param name A function of addon/calls/tables/. Its first argument is the handle of the target.
 * @param participle What is done to the target, for the message of a failure: `'suspended'` in "can't be
 *   suspended".
 * @param read Makes the result from the function's answer; see `calls` in lib/native/addon.ts.
 * @param args The arguments after the handle.
 * @throws {LibvirtError} when libvirt fails; code `'VIR_ERR_NO_SUPPORT'` when the installed libvirt doesn't
 *   have the function.
 * @throws {ConnectionClosedError} when the connection has ended.
 * @throws {TimeoutError} or the signal's reason: see {@link CallOptions}.
 */
export async function call<Result>(
  target: CallTarget,
  name: LibvirtFunction,
  participle: string,
  read: Read<Result>,
  args: readonly CallArgument[],
  options: CallOptions = {},
): Promise<Result> {
  const { connection, handle, title } = target;
  connection.assertOpen();
  const begin = native().calls[name];
  if (begin === undefined) throw new TypeError(`the addon's table of calls has no ${name}`);
  const attempt = () => `${title} can't be ${participle} on ${redact(connection.uri)}`;
  const { timeout, signal } = options;
  signal?.throwIfAborted();
  try {
    const answer = reported(begin(handle, ...args) as Promise<never>, () => ({
      call: name,
      target: title,
      uri: redact(connection.uri),
    }));
    // Only the addon knows the function's type.
    if (timeout === undefined && signal === undefined) return read(await answer);
    const number = native().lastCall();
    const abandon = () => {
      native().giveUpCall(connection.handle, number);
    };
    return read(await abortable(answer, options, { call: name, attempt, abandon }));
  } catch (error) {
    // The addon's error doesn't name the connection and the object, so the error is made again here. It also
    // has the caller in its stack.
    if (error instanceof ConnectionClosedError) {
      await endTold(connection);
      throw connection.closedError();
    }
    throw withAttempt(attempt(), error);
  }
}
