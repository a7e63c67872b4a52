import type { Observable } from 'rxjs';
import { yesOrNo } from '../calls/answers.js';
import type { CallOptions } from '../calls/call-options.js';
import { checkMade, ObjectTarget, titleOf, type Found } from '../calls/found.js';
import { LibvirtObject } from '../calls/libvirt-object.js';
import type { ConnectionState } from '../connection-state.js';
import type { LibvirtEventMap } from '../events/event-types.js';
import type { NetworkHandle } from '../native.js';
import type { EventsOf, ObjectEventOptions } from './events-of.js';

/**
 * A virtual network of a connection; get one from `connection.lookupNetworkByName`, `listNetworks` or `network`.
 */
export class Network extends LibvirtObject<NetworkHandle> {
  /** The name when this object was made. */
  readonly name: string;
  readonly uuid: string;
  readonly #events: EventsOf<'network'>;

  /** @internal */
  constructor(connection: ConnectionState, found: Found<NetworkHandle>, events: EventsOf<'network'>) {
    checkMade(found, 'a Network', 'lookupNetworkByName() or network()');
    super(new ObjectTarget(connection, titleOf('network', found), found.handle));
    this.name = found.name;
    this.uuid = found.key;
    this.#events = events;
  }

  /** Whether it is started (virNetworkIsActive). */
  isActive(options: CallOptions = {}): Promise<boolean> {
    return this.call('virNetworkIsActive', 'asked whether it is active', yesOrNo, [], options);
  }

  /** Whether its definition stays when it is stopped (virNetworkIsPersistent). */
  isPersistent(options: CallOptions = {}): Promise<boolean> {
    return this.call('virNetworkIsPersistent', 'asked whether it is persistent', yesOrNo, [], options);
  }

  /** Only this network's events, filtered by libvirt; see `connection.networkEvents`. */
  events<T extends keyof LibvirtEventMap['network']>(
    type: T,
    options: ObjectEventOptions = {},
  ): Observable<LibvirtEventMap['network'][T]> {
    return this.#events(type, { ...options, network: this } as ObjectEventOptions);
  }
}
