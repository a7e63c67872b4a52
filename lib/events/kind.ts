import type { RegisteredCategory } from './event-table.js';
import type { Version } from './row.js';
import type { PayloadReader } from '../native/payload-reader.js';

/** One kind of libvirt's events. */
export interface EventKind<Event> {
  /** The name of its family and its own, as its events have them. */
  readonly category: RegisteredCategory;
  readonly type: string;
  /** libvirt's number for it, counted separately in each family. */
  readonly id: number;
  /** The first libvirt that has it. */
  readonly since: Version;
  /** Reads a payload, in the order in which the addon wrote it. */
  readonly decode: (payload: PayloadReader) => Event;
}

/** How each type of some events is registered and read. */
export type EventKinds<Map> = { readonly [T in keyof Map]: EventKind<Map[T]> };
