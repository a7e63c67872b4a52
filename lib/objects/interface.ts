import { asIs, nothing, yesOrNo } from '../calls/answers.js';
import type { CallOptions } from '../calls/call-options.js';
import { noFlags, type Flags } from '../calls/flags.js';
import { checkMade, ObjectTarget, type Found } from '../calls/found.js';
import { LibvirtObject } from '../calls/libvirt-object.js';
import type { ConnectionState } from '../connection-state.js';
import type { InterfaceHandle } from '../native.js';

/** Which description of an interface to get. */
export interface InterfaceXmlOptions extends CallOptions {
  /** That for its next start, although it is started. */
  readonly inactive?: boolean;
}

/** libvirt's virInterfaceXMLFlags. */
const xmlFlags: Flags<InterfaceXmlOptions> = { inactive: 1 << 0 };

/** A network interface of a connection's host; get one from `connection.lookupInterfaceByName` or `listInterfaces`. */
export class Interface extends LibvirtObject<InterfaceHandle> {
  readonly name: string;

  /** @internal */
  constructor(connection: ConnectionState, found: Found<InterfaceHandle>) {
    checkMade(found, 'an Interface', 'lookupInterfaceByName()');
    super(new ObjectTarget(connection, `interface '${found.key}'`, found.handle));
    this.name = found.key;
  }

  /** Starts it (virInterfaceCreate). */
  async create(options: CallOptions = {}): Promise<void> {
    return this.call('virInterfaceCreate', 'started', nothing, [], options, noFlags);
  }

  /** Stops it (virInterfaceDestroy). The host may lose its network. */
  async destroy(options: CallOptions = {}): Promise<void> {
    return this.call('virInterfaceDestroy', 'stopped', nothing, [], options, noFlags);
  }

  /** Removes its definition (virInterfaceUndefine). */
  async undefine(options: CallOptions = {}): Promise<void> {
    return this.call('virInterfaceUndefine', 'undefined', nothing, [], options);
  }

  /** Whether it is started (virInterfaceIsActive). */
  async isActive(options: CallOptions = {}): Promise<boolean> {
    return this.call('virInterfaceIsActive', 'asked whether it is active', yesOrNo, [], options);
  }

  /** Its MAC address, such as `'52:54:00:12:34:56'` (virInterfaceGetMACString). */
  async mac(options: CallOptions = {}): Promise<string> {
    return this.call('virInterfaceGetMACString', 'asked for its address', asIs<string>, [], options);
  }

  /** Its definition, in libvirt's XML (virInterfaceGetXMLDesc). */
  async xml(options: InterfaceXmlOptions = {}): Promise<string> {
    return this.call('virInterfaceGetXMLDesc', 'described', asIs<string>, [], options, xmlFlags);
  }
}
