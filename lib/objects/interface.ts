import { call, yesOrNo } from '../calls/call.js';
import { checkMade, ObjectTarget, type Found } from '../calls/found.js';
import type { ConnectionState } from '../connection-state.js';
import type { InterfaceHandle } from '../native.js';

/** A network interface of a connection's host; get one from `connection.lookupInterfaceByName` or `listInterfaces`. */
export class Interface {
  readonly name: string;
  readonly #target: ObjectTarget<InterfaceHandle>;

  /** @internal */
  constructor(connection: ConnectionState, found: Found<InterfaceHandle>) {
    checkMade(found, 'an Interface', 'lookupInterfaceByName()');
    this.name = found.key;
    this.#target = new ObjectTarget(connection, `interface '${this.name}'`, found.handle);
  }

  /** Whether it is started (virInterfaceIsActive). */
  isActive(): Promise<boolean> {
    return call(this.#target, 'virInterfaceIsActive', 'asked whether it is active', yesOrNo);
  }
}
