import { yesOrNo } from '../calls/answers.js';
import type { CallOptions } from '../calls/call-options.js';
import { checkMade, ObjectTarget, type Found } from '../calls/found.js';
import { LibvirtObject } from '../calls/libvirt-object.js';
import type { ConnectionState } from '../connection-state.js';
import type { InterfaceHandle } from '../native.js';

/** A network interface of a connection's host; get one from `connection.lookupInterfaceByName` or `listInterfaces`. */
export class Interface extends LibvirtObject<InterfaceHandle> {
  readonly name: string;

  /** @internal */
  constructor(connection: ConnectionState, found: Found<InterfaceHandle>) {
    checkMade(found, 'an Interface', 'lookupInterfaceByName()');
    super(new ObjectTarget(connection, `interface '${found.key}'`, found.handle));
    this.name = found.key;
  }

  /** Whether it is started (virInterfaceIsActive). */
  isActive(options: CallOptions = {}): Promise<boolean> {
    return this.call('virInterfaceIsActive', 'asked whether it is active', yesOrNo, [], options);
  }
}
