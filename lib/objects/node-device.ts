import type { Observable } from 'rxjs';
import { yesOrNo } from '../calls/answers.js';
import type { CallOptions } from '../calls/call-options.js';
import { checkMade, ObjectTarget, type Found } from '../calls/found.js';
import { LibvirtObject } from '../calls/libvirt-object.js';
import type { ConnectionState } from '../connection-state.js';
import type { LibvirtEventMap } from '../events/event-types.js';
import type { NodeDeviceHandle } from '../native.js';
import type { EventsOf, ObjectEventOptions } from './events-of.js';

/**
 * A device of a connection's host; get one from `connection.lookupNodeDeviceByName`, `listNodeDevices` or
 * `nodeDevice`.
 */
export class NodeDevice extends LibvirtObject<NodeDeviceHandle> {
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

  /** Whether it is started (virNodeDeviceIsActive). Needs libvirt 7.8. */
  isActive(options: CallOptions = {}): Promise<boolean> {
    return this.call('virNodeDeviceIsActive', 'asked whether it is active', yesOrNo, [], options);
  }

  /** Whether its definition stays when it is stopped (virNodeDeviceIsPersistent). Needs libvirt 7.8. */
  isPersistent(options: CallOptions = {}): Promise<boolean> {
    return this.call('virNodeDeviceIsPersistent', 'asked whether it is persistent', yesOrNo, [], options);
  }

  /** Only this device's events, filtered by libvirt; see `connection.nodeDeviceEvents`. */
  events<T extends keyof LibvirtEventMap['node-device']>(
    type: T,
    options: ObjectEventOptions = {},
  ): Observable<LibvirtEventMap['node-device'][T]> {
    return this.#events(type, { ...options, nodeDevice: this } as ObjectEventOptions);
  }
}
