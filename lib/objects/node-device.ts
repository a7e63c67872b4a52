import type { Observable } from 'rxjs';
import { call, yesOrNo } from '../calls/call.js';
import { checkMade, ObjectTarget, type Found } from '../calls/found.js';
import type { ConnectionState } from '../connection-state.js';
import type { LibvirtEventMap } from '../events/event-types.js';
import type { NodeDeviceHandle } from '../native.js';
import type { EventsOf, ObjectEventOptions } from './events-of.js';

/**
 * A device of a connection's host; get one from `connection.lookupNodeDeviceByName`, `listNodeDevices` or
 * `nodeDevice`.
 */
export class NodeDevice {
  /** Devices have no uuid. */
  readonly name: string;
  readonly #target: ObjectTarget<NodeDeviceHandle>;
  readonly #events: EventsOf<'node-device'>;

  /** @internal */
  constructor(connection: ConnectionState, found: Found<NodeDeviceHandle>, events: EventsOf<'node-device'>) {
    checkMade(found, 'a NodeDevice', 'lookupNodeDeviceByName() or nodeDevice()');
    this.name = found.key;
    this.#target = new ObjectTarget(connection, `node device '${this.name}'`, found.handle);
    this.#events = events;
  }

  /** Whether it is started (virNodeDeviceIsActive). Needs libvirt 7.8. */
  isActive(): Promise<boolean> {
    return call(this.#target, 'virNodeDeviceIsActive', 'asked whether it is active', yesOrNo);
  }

  /** Whether its definition stays when it is stopped (virNodeDeviceIsPersistent). Needs libvirt 7.8. */
  isPersistent(): Promise<boolean> {
    return call(this.#target, 'virNodeDeviceIsPersistent', 'asked whether it is persistent', yesOrNo);
  }

  /** Only this device's events, filtered by libvirt; see `connection.nodeDeviceEvents`. */
  events<T extends keyof LibvirtEventMap['node-device']>(
    type: T,
    options: ObjectEventOptions = {},
  ): Observable<LibvirtEventMap['node-device'][T]> {
    return this.#events(type, { ...options, nodeDevice: this } as ObjectEventOptions);
  }
}
