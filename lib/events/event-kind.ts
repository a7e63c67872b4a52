import type { PayloadReader } from './payload-reader.js';

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

/** One kind of libvirt's events. */
export interface EventKind<Event> {
  readonly family: EventFamily;
  /** libvirt's number for it, counted separately in each family. */
  readonly id: number;
  /** The name of its family and its own, for messages. */
  readonly category: string;
  readonly type: string;
  readonly decode: (payload: PayloadReader) => Event;
}
