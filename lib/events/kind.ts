import type { LibvirtEventMap } from './libvirt-event-types.js';
import type { PayloadReader } from '../native/payload-reader.js';

/** Which of libvirt's register/deregister pairs a kind of event has; the addon's EventFamily. */
export const EventFamily = {
  domain: 0,
  network: 1,
  storagePool: 2,
  nodeDevice: 3,
  secret: 4,
  qemuMonitor: 5,
} as const;
export type EventFamily = (typeof EventFamily)[keyof typeof EventFamily];

/** The categories whose events are registered for; how a connection ends is told by another callback. */
export type RegisteredCategory = Exclude<keyof LibvirtEventMap, 'connection'>;

/** One kind of libvirt's events. */
export interface EventKind<Event> {
  readonly family: EventFamily;
  /** libvirt's number for it, counted separately in each family. */
  readonly id: number;
  /** The name of its family and its own, as its events have them. */
  readonly category: RegisteredCategory;
  readonly type: string;
  /** Reads a payload, in the order in which the addon wrote it. */
  readonly decode: (payload: PayloadReader) => Event;
}

/** How each type of some events is registered and read. */
export type EventKinds<Map> = { readonly [T in keyof Map]: EventKind<Map[T]> };
