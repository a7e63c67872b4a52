import type { RegisteredCategory } from './event-table.js';
import type { Version } from './row.js';
import type { PayloadReader } from '../native/payload-reader.js';

/** One kind of libvirt's events. */
export interface EventKind<Event> {
  /** `category` and `type` are the same as in the events of this kind. */
  readonly category: RegisteredCategory;
  readonly type: string;
  /** libvirt's number for this kind, counted separately in each family. */
  readonly id: number;
  /** The first version of libvirt that has this kind. */
  readonly since: Version;
  /** Reads a payload, in the order in which the addon wrote it. */
  readonly decode: (payload: PayloadReader) => Event;
}

/** How each type of event in a map is registered and read. */
export type EventKinds<Map> = { readonly [T in keyof Map]: EventKind<Map[T]> };
