import type { ConnectionState } from '../connection-state.js';
import type { CallArgument, Handle, LibvirtFunction } from '../native.js';
import { call, type Read } from './call.js';
import type { CallOptions } from './call-options.js';
import { checkedFlags, type Flags } from './flags.js';
import type { CallTarget } from './call.js';

/** Where an object is, and how messages name it. */
export type Place = Pick<CallTarget, 'connection' | 'title'>;

/**
 * What a connection and all objects of libvirt have in common: their methods call libvirt's functions, on threads of
 * their own, so they never block JavaScript. All methods reject with
 * - {@link LibvirtError} when libvirt fails; code `'VIR_ERR_NO_SUPPORT'` when the installed libvirt or the hypervisor
 *   doesn't have the function;
 * - {@link ConnectionClosedError} when the connection is closed or lost;
 * - {@link TimeoutError} or the signal's reason: see {@link CallOptions};
 * - `TypeError` or `RangeError` for arguments and options that libvirt could not take.
 */
export abstract class LibvirtObject<H extends Handle = Handle> {
  readonly #target: CallTarget & { readonly handle: H };

  /** @internal */
  constructor(target: CallTarget & { readonly handle: H }) {
    this.#target = target;
  }

  /** @internal The addon's handle of `object`; undefined when it belongs to another connection. */
  static handleOf<H extends Handle>(object: LibvirtObject<H>, connection: ConnectionState): H | undefined {
    return object.#target.connection === connection ? object.#target.handle : undefined;
  }

  /** @internal Where `object` is, and how messages name it: for the objects that its calls answer with. */
  static placeOf(object: LibvirtObject): Place {
    return object.#target;
  }

  /**
   * Calls a function on this object.
   * @param name Its name; it is in addon/calls/tables/.
   * @param participle What is done to the object, for the message of a failure: `'suspended'` in "can't be
   *   suspended".
   * @param read Makes the result from the function's answer; see `calls` in lib/native/addon.ts.
   * @param args The function's arguments after the object, without the flags.
   * @param options The options that the caller was given.
   * @param flags What flags the options stand for. Left out for a function that has no parameter for flags.
   * @param always Flags that are set whatever the options are.
   * @internal
   */
  protected async call<Result, Options extends CallOptions>(
    name: LibvirtFunction,
    participle: string,
    read: Read<Result>,
    args: readonly CallArgument[],
    options: Options,
    flags?: Flags<Options>,
    always = 0,
  ): Promise<Result> {
    return this.callAs(this.#target.title, name, participle, read, args, options, flags, always);
  }

  /** The same; messages name the object by this title. @internal */
  protected async callAs<Result, Options extends CallOptions>(
    title: string,
    name: LibvirtFunction,
    participle: string,
    read: Read<Result>,
    args: readonly CallArgument[],
    options: Options,
    flags?: Flags<Options>,
    always = 0,
  ): Promise<Result> {
    const bits = checkedFlags(name, options, flags);
    const all = flags === undefined ? args : [...args, bits + always];
    const { connection, handle } = this.#target;
    return call({ connection, handle, title }, name, participle, read, all, options);
  }

  /** Calls a function on the connection of this object. All its arguments are in `args`. @internal */
  protected async callHost<Result>(
    name: LibvirtFunction,
    participle: string,
    read: Read<Result>,
    args: readonly CallArgument[],
    options: CallOptions,
  ): Promise<Result> {
    const { connection, title } = this.#target;
    return call({ connection, handle: connection.handle, title }, name, participle, read, args, options);
  }
}
