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
}
