import type { Observable } from 'rxjs';
import { checkMade, ObjectTarget, type Found } from '../calls/found.js';
import type { ConnectionState } from '../connection-state.js';
import type { LibvirtEventMap } from '../events/event-types.js';
import type { NodeDeviceHandle } from '../native.js';
import type { EventsOf, ObjectEventOptions } from './events-of.js';
import { NodeDeviceCalls } from './node-device-calls.js';

/**
 * A device of a connection's host; get one from `connection.lookupNodeDeviceByName`, `listNodeDevices` or
 * `nodeDevice`.
 */
export class NodeDevice extends NodeDeviceCalls {
  /** Devices have no uuid. */
  readonly name: string;
  readonly #events: EventsOf<'node-device'>;

  /** @internal */
  constructor(connection: ConnectionState, found: Found<NodeDeviceHandle>, events: EventsOf<'node-device'>) {
    checkMade(found, 'a NodeDevice', 'lookupNodeDeviceByName() or nodeDevice()');
    super(new ObjectTarget(connection, `node device '${found.key}'`, found.handle));
    this.name = found.key;
    this.#events = events;
  }

  /** Only this device's events, filtered by libvirt; see `connection.nodeDeviceEvents`. */
  events<T extends keyof LibvirtEventMap['node-device']>(
    type: T,
    options: ObjectEventOptions = {},
  ): Observable<LibvirtEventMap['node-device'][T]> {
    return this.#events(type, { ...options, nodeDevice: this } as ObjectEventOptions);
  }
}
