import { struct, type LayoutInput } from '../codec.js';
import { encodePacket } from '../packet.js';
import { packetTypes, programs } from '../protocol.js';
import { XdrWriter } from '../xdr.js';
import { domainEvents } from './domain-events.js';
import type { EventShape } from './event-shape.js';
import { objectKey } from './objects.js';
import {
  connectionEvents,
  networkEvents,
  nodeDeviceEvents,
  qemuMonitorEvents,
  secretEvents,
  storagePoolEvents,
} from './other-events.js';

/** Every event that the daemon can send, by family and type. */
export const events = {
  domain: domainEvents,
  network: networkEvents,
  'storage-pool': storagePoolEvents,
  'node-device': nodeDeviceEvents,
  secret: secretEvents,
  'qemu-monitor': qemuMonitorEvents,
  connection: connectionEvents,
} as const;

export type EventFamily = keyof typeof events;
export type EventType<F extends EventFamily> = keyof (typeof events)[F] & string;
export type EventFields<F extends EventFamily, T extends EventType<F>> =
  (typeof events)[F][T] extends EventShape<infer L> ? LayoutInput<L> : never;
/** One event with its fields, discriminated by `family` and `type`. */
export type AnyEvent = {
  [F in EventFamily]: {
    [T in EventType<F>]: { readonly family: F; readonly type: T; readonly fields: EventFields<F, T> };
  }[EventType<F>];
}[EventFamily];

const objectFields = ['domain', 'network', 'pool', 'device', 'secret'];

export function eventShape<F extends EventFamily>(family: F, type: EventType<F>): EventShape {
  return events[family][type] as unknown as EventShape;
}

/** The type of the event with an id. Undefined when no event here has this id. */
export function eventTypeOf(family: EventFamily, eventId: number): string | undefined {
  const shapes = Object.entries<EventShape>(events[family]);
  return shapes.find(([, shape]) => shape.eventId === eventId)?.[0];
}

/** The object that an event is about, as {@link objectKey} writes it. */
export function eventObject(fields: object): string | undefined {
  const field = Object.entries(fields).find(([name]) => objectFields.includes(name));
  return field && objectKey(field[1] as Parameters<typeof objectKey>[0]);
}

/** A whole packet with one event for one callback. */
export function encodeEvent<F extends EventFamily, T extends EventType<F>>(
  family: F,
  type: T,
  fields: EventFields<F, T>,
  callbackId: number,
): Buffer {
  const { procedure, layout } = eventShape(family, type);
  const to = new XdrWriter();
  if (family !== 'connection') to.int(callbackId);
  struct(layout).write(to, fields);
  const program = family === 'qemu-monitor' ? programs.qemu : programs.remote;
  return encodePacket({ program, procedure, type: packetTypes.message }, to.finish());
}
