import { asIs } from '../calls/answers.js';
import { call } from '../calls/call.js';
import type { CallOptions } from '../calls/call-options.js';
import { checkedFlags, type Flags } from '../calls/flags.js';
import { foundObject, madeOf, type Found } from '../calls/found.js';
import { LibvirtObject } from '../calls/libvirt-object.js';
import { text } from '../calls/values.js';
import type { ConnectionState } from '../connection-state.js';
import type {
  CallArgument,
  ConnectionHandle,
  FoundObject,
  FoundObjects,
  Handle,
  LibvirtFunction,
} from '../native.js';
import type { EventStreams } from './event-streams.js';

/**
 * How a connection finds, lists and makes its objects. A look-up rejects with a {@link LibvirtError} when there is
 * no such object; its `code` is `'VIR_ERR_NO_DOMAIN'`, `'VIR_ERR_NO_NETWORK'` and so on.
 */
export abstract class FindsObjects extends LibvirtObject<ConnectionHandle> {
  readonly #state: ConnectionState;
  readonly #streams: EventStreams;

  /** @internal */
  constructor(state: ConnectionState, streams: EventStreams) {
    super({ connection: state, handle: state.handle, title: 'the host' });
    this.#state = state;
    this.#streams = streams;
  }

  /** @internal What this connection's objects share. */
  protected get shared(): { readonly state: ConnectionState; readonly streams: EventStreams } {
    return { state: this.#state, streams: this.#streams };
  }

  /**
   * Looks up an object.
   * @param title How messages name it.
   * @param flags Left out for a function that has no parameter for flags.
   * @internal
   */
  protected lookUp<H extends Handle, Made, Options extends CallOptions>(
    name: LibvirtFunction,
    title: string,
    make: (found: Found<H>) => Made,
    args: readonly CallArgument[],
    options: Options,
    flags?: Flags<Options>,
  ): Promise<Made> {
    return this.make(name, title, 'looked up', make, args, options, flags);
  }

  /**
   * Makes an object.
   * @param title How messages name it, such as `a network`.
   * @param participle How it is made.
   * @internal
   */
  protected async make<H extends Handle, Made, Options extends CallOptions>(
    name: LibvirtFunction,
    title: string,
    participle: string,
    make: (found: Found<H>) => Made,
    args: readonly CallArgument[],
    options: Options,
    flags?: Flags<Options>,
  ): Promise<Made> {
    const read = (found: FoundObject<H>) => make(foundObject(found));
    return this.callAs(title, name, participle, read, args, options, flags);
  }

  /**
   * Makes an object from XML. Where no flag is wanted, the older function is called, which has no parameter for flags:
   * it is there with every libvirt.
   * @param title How messages name it, such as `a network`.
   * @param participle How it is made.
   * @internal
   */
  protected async makeFromXml<H extends Handle, Made, Options extends CallOptions>(
    older: LibvirtFunction,
    newer: LibvirtFunction,
    title: string,
    participle: string,
    make: (found: Found<H>) => Made,
    xml: string,
    options: Options,
    flags: Flags<Options>,
  ): Promise<Made> {
    const bits = checkedFlags(newer, options, flags);
    const [name, args] = bits === 0 ? [older, [text('xml', xml)]] : [newer, [text('xml', xml), bits]];
    const read = (found: FoundObject<H>) => make(foundObject(found));
    const target = { connection: this.#state, handle: this.#state.handle, title };
    return call(target, name, participle, read, args, options);
  }

  /**
   * Lists objects.
   * @param title How messages name them.
   * @internal
   */
  protected async list<H extends Handle, Made, Options extends CallOptions>(
    name: LibvirtFunction,
    title: string,
    make: (found: Found<H>) => Made,
    options: Options,
    flags: Flags<Options>,
  ): Promise<Made[]> {
    return madeOf(await this.callAs(title, name, 'listed', asIs<FoundObjects<H>>, [], options, flags), make);
  }

  /**
   * An object that the user names.
   * @internal
   */
  protected named<H extends Handle>(
    refer: (connection: ConnectionHandle, key: string) => H,
    key: string,
    name = '',
    id = -1,
  ): Found<H> {
    this.#state.assertOpen();
    return { handle: () => refer(this.#state.handle, key), key, name, id };
  }
}
