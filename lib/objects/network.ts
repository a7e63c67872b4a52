import type { Observable } from 'rxjs';
import { asIs } from '../calls/answers.js';
import type { CallOptions } from '../calls/call-options.js';
import { noFlags } from '../calls/flags.js';
import { checkMade, foundObject, madeOf, ObjectTarget, titleOf, type Found } from '../calls/found.js';
import { text } from '../calls/values.js';
import type { ConnectionState } from '../connection-state.js';
import type { LibvirtEventMap } from '../events/event-types.js';
import type { FoundObject, FoundObjects, NetworkHandle, NetworkPortHandle } from '../native.js';
import type { EventsOf, ObjectEventOptions } from './events-of.js';
import { NetworkContent } from './network-content.js';
import { portCreateFlags, type CreateNetworkPortOptions } from './network-options.js';
import { NetworkPort } from './network-port.js';

/**
 * A virtual network of a connection; get one from `connection.lookupNetworkByName`, `listNetworks` or `network`.
 */
export class Network extends NetworkContent {
  /** The name when this object was made. */
  readonly name: string;
  readonly uuid: string;
  readonly #connection: ConnectionState;
  readonly #events: EventsOf<'network'>;

  /** @internal */
  constructor(connection: ConnectionState, found: Found<NetworkHandle>, events: EventsOf<'network'>) {
    checkMade(found, 'a Network', 'lookupNetworkByName() or network()');
    super(new ObjectTarget(connection, titleOf('network', found), found.handle));
    this.name = found.name;
    this.uuid = found.key;
    this.#connection = connection;
    this.#events = events;
  }

  /** Its ports (virNetworkListAllPorts). */
  async listPorts(options: CallOptions = {}): Promise<NetworkPort[]> {
    const read = asIs<FoundObjects<NetworkPortHandle>>;
    const found = await this.call(
      'virNetworkListAllPorts',
      'asked for its ports',
      read,
      [],
      options,
      noFlags,
    );
    return madeOf(found, (each) => new NetworkPort(this.#connection, each));
  }

  /** Its port with this uuid (virNetworkPortLookupByUUIDString). */
  async lookupPortByUuid(uuid: string, options: CallOptions = {}): Promise<NetworkPort> {
    const args = [text('uuid', uuid)];
    const participle = `searched for the port with uuid '${uuid}'`;
    return this.call('virNetworkPortLookupByUUIDString', participle, this.#readPort, args, options);
  }

  /**
   * Creates a port, as a hypervisor does for the interface of a domain (virNetworkPortCreateXML). The network has to be
   * started.
   * @param xml libvirt's description of the port.
   */
  async createPort(xml: string, options: CreateNetworkPortOptions = {}): Promise<NetworkPort> {
    const args = [text('xml', xml)];
    return this.call(
      'virNetworkPortCreateXML',
      'given a port',
      this.#readPort,
      args,
      options,
      portCreateFlags,
    );
  }

  /** Only this network's events, filtered by libvirt; see `connection.networkEvents`. */
  events<T extends keyof LibvirtEventMap['network']>(
    type: T,
    options: ObjectEventOptions = {},
  ): Observable<LibvirtEventMap['network'][T]> {
    return this.#events(type, { ...options, network: this } as ObjectEventOptions);
  }

  readonly #readPort = (found: FoundObject<NetworkPortHandle>) =>
    new NetworkPort(this.#connection, foundObject(found));
}
