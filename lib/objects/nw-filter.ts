import { asIs, nothing } from '../calls/answers.js';
import type { CallOptions } from '../calls/call-options.js';
import { noFlags } from '../calls/flags.js';
import { checkMade, ObjectTarget, titleOf, type Found } from '../calls/found.js';
import { LibvirtObject } from '../calls/libvirt-object.js';
import type { ConnectionState } from '../connection-state.js';
import type { NwFilterHandle } from '../native.js';

/** A network filter of a connection; get one from `connection.lookupNwFilterByName` or `listNwFilters`. */
export class NwFilter extends LibvirtObject<NwFilterHandle> {
  /** The name when this object was made. */
  readonly name: string;
  readonly uuid: string;

  /** @internal */
  constructor(connection: ConnectionState, found: Found<NwFilterHandle>) {
    checkMade(found, 'an NwFilter', 'lookupNwFilterByName()');
    super(new ObjectTarget(connection, titleOf('network filter', found), found.handle));
    this.name = found.name;
    this.uuid = found.key;
  }

  /** Its definition, in libvirt's XML (virNWFilterGetXMLDesc). */
  async xml(options: CallOptions = {}): Promise<string> {
    return this.call('virNWFilterGetXMLDesc', 'described', asIs<string>, [], options, noFlags);
  }

  /** Removes its definition (virNWFilterUndefine). libvirt refuses while a domain or another filter uses it. */
  async undefine(options: CallOptions = {}): Promise<void> {
    return this.call('virNWFilterUndefine', 'undefined', nothing, [], options);
  }
}
