import { checkMade, type Found } from '../calls/found.js';
import type { NwFilterHandle } from '../native.js';

/** A network filter of a connection; get one from `connection.lookupNwFilterByName` or `listNwFilters`. */
export class NwFilter {
  /** The name when this object was made. */
  readonly name: string;
  readonly uuid: string;

  /** @internal */
  constructor(found: Found<NwFilterHandle>) {
    checkMade(found, 'an NwFilter', 'lookupNwFilterByName()');
    this.name = found.name;
    this.uuid = found.key;
  }
}
