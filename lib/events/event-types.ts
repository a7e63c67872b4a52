import type { DomainLifecycleEvent } from './domain-lifecycle-table.js';
import type {
  EventDomain,
  EventNetwork,
  EventNodeDevice,
  EventSecret,
  EventStoragePool,
} from './event-object-types.js';
import type { EventTable, RegisteredCategory } from './event-table.js';
import type { ValuesOf } from './fields.js';

/** What every event has. */
interface EventBase<C, T> {
  readonly category: C;
  /** Which event, by the name that virsh has for it. */
  readonly type: T;
  /** When the event reached this process: milliseconds since 1970. */
  readonly time: number;
}

/** What the events of each category are about. */
export interface EventSubjects {
  domain: { readonly domain: EventDomain };
  network: { readonly network: EventNetwork };
  'storage-pool': { readonly storagePool: EventStoragePool };
  'node-device': { readonly nodeDevice: EventNodeDevice };
  secret: { readonly secret: EventSecret };
  'qemu-monitor': { readonly domain: EventDomain };
}

/** Joins several object types into one that keeps all their comments. */
type Joined<T> = { readonly [K in keyof T]: T[K] };

type FieldsOf<Row> = Row extends { readonly fields: infer F } ? F : never;

/** The event of one row of the table. */
export type EventOf<C extends RegisteredCategory, T extends keyof EventTable[C]> = Joined<
  EventBase<C, T> & EventSubjects[C] & ValuesOf<FieldsOf<EventTable[C][T]>>
>;

type EventsOf<C extends RegisteredCategory> = { -readonly [T in keyof EventTable[C]]: EventOf<C, T> };

/** The payload of each type of domain event. */
export type DomainEventMap = {
  -readonly [T in keyof EventTable['domain']]: T extends 'lifecycle'
    ? DomainLifecycleEvent
    : EventOf<'domain', T>;
};

/** The name of a type of domain event, as `virsh event --list` has it. */
export type DomainEventType = keyof DomainEventMap;

/** Any domain event; `type` tells which. */
export type DomainEvent = DomainEventMap[DomainEventType];

/** The payload of each type of network event. */
export type NetworkEventMap = EventsOf<'network'>;

/** The payload of each type of storage pool event. */
export type StoragePoolEventMap = EventsOf<'storage-pool'>;

/** The payload of each type of node device event. */
export type NodeDeviceEventMap = EventsOf<'node-device'>;

/** The payload of each type of secret event. */
export type SecretEventMap = EventsOf<'secret'>;

/** The connection ended. No event of the stream follows this one. */
export interface ConnectionClosedEvent {
  readonly category: 'connection';
  readonly type: 'closed';
  /** How it ended, as in {@link CloseInfo}. */
  readonly reason: 'error' | 'end-of-file' | 'keepalive' | 'client';
  /** When this process learned of the end: milliseconds since 1970. */
  readonly time: number;
}

/** The payload of each type of event, by its category. */
export interface LibvirtEventMap {
  domain: DomainEventMap;
  network: NetworkEventMap;
  'storage-pool': StoragePoolEventMap;
  'node-device': NodeDeviceEventMap;
  secret: SecretEventMap;
  'qemu-monitor': EventsOf<'qemu-monitor'>;
  connection: { closed: ConnectionClosedEvent };
}

/** What an event is about. */
export type EventCategory = keyof LibvirtEventMap;

/** Any event of some categories; `category` and `type` tell which. */
export type LibvirtEvent<C extends EventCategory = EventCategory> = {
  [K in C]: LibvirtEventMap[K][keyof LibvirtEventMap[K]];
}[C];

/** A kind of event, without its payload. */
export type EventKindName<C extends EventCategory = EventCategory> = {
  [K in C]: {
    [T in keyof LibvirtEventMap[K]]: { readonly category: K; readonly type: T };
  }[keyof LibvirtEventMap[K]];
}[C];
