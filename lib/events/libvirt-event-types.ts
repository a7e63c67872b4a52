import type { DomainEventMap } from './domain-event-types.js';
import type { EventDomain } from './event-object-types.js';
import type {
  NetworkEventMap,
  NodeDeviceEventMap,
  SecretEventMap,
  StoragePoolEventMap,
} from './object-event-types.js';

/** Something that QEMU's monitor said; virConnectDomainQemuMonitorEventCallback. */
export interface QemuMonitorEvent {
  readonly category: 'qemu-monitor';
  readonly type: 'event';
  readonly domain: EventDomain;
  /** QEMU's name of the event, for example `'POWERDOWN'`. */
  readonly event: string;
  /** QEMU's clock: whole seconds since 1970, -1 when it didn't say. */
  readonly seconds: number;
  /** QEMU's clock: microseconds within the second. */
  readonly micros: number;
  /** What QEMU adds, as JSON; null when it adds nothing. */
  readonly details: string | null;
  /** When the event reached this process: milliseconds since 1970. */
  readonly time: number;
}

/** The connection ended; the last event of a stream that has it. */
export interface ConnectionClosedEvent {
  readonly category: 'connection';
  readonly type: 'closed';
  /** How it ended, as in {@link CloseInfo}. */
  readonly reason: 'error' | 'end-of-file' | 'keepalive' | 'client';
  /** When this process learned of it: milliseconds since 1970. */
  readonly time: number;
}

/** The payload of each type of event, by its category. */
export interface LibvirtEventMap {
  domain: DomainEventMap;
  network: NetworkEventMap;
  'storage-pool': StoragePoolEventMap;
  'node-device': NodeDeviceEventMap;
  secret: SecretEventMap;
  'qemu-monitor': { event: QemuMonitorEvent };
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
