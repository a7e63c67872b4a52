import { asIs, nothing } from '../calls/answers.js';
import type { CallOptions } from '../calls/call-options.js';
import { noFlags } from '../calls/flags.js';
import { checkMade, ObjectTarget, type Found } from '../calls/found.js';
import { LibvirtObject } from '../calls/libvirt-object.js';
import type { ConnectionState } from '../connection-state.js';
import type { NwFilterBindingHandle } from '../native.js';

/**
 * The binding of a network filter to a device of the host; get one from `connection.lookupNwFilterBindingByPortDev` or
 * `listNwFilterBindings`.
 */
export class NwFilterBinding extends LibvirtObject<NwFilterBindingHandle> {
  /** The device of the host whose traffic is filtered, such as `'vnet0'`. */
  readonly portDev: string;
  /** The name of the filter. */
  readonly filterName: string;

  /** @internal */
  constructor(connection: ConnectionState, found: Found<NwFilterBindingHandle>) {
    checkMade(found, 'an NwFilterBinding', 'lookupNwFilterBindingByPortDev()');
    super(new ObjectTarget(connection, `network filter binding of '${found.key}'`, found.handle));
    this.portDev = found.key;
    this.filterName = found.name;
  }

  /** Its definition, in libvirt's XML (virNWFilterBindingGetXMLDesc). */
  async xml(options: CallOptions = {}): Promise<string> {
    return this.call('virNWFilterBindingGetXMLDesc', 'described', asIs<string>, [], options, noFlags);
  }

  /** Ends the filtering of the device (virNWFilterBindingDelete). */
  async delete(options: CallOptions = {}): Promise<void> {
    return this.call('virNWFilterBindingDelete', 'deleted', nothing, [], options);
  }
}
