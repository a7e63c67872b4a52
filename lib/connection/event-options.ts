import type { Domain } from '../domain/domain.js';
import type { EventCategory } from '../events/event-types.js';

/** When events begin. */
export interface EventOptions {
  /**
   * Called when libvirt has acknowledged: whatever happens from then on is emitted. Called once and before the first
   * event, in the subscriber's own asynchronous context (`AsyncLocalStorage`).
   */
  readonly onRegistered?: () => void;
}

/** Which domain events, and when they begin. */
export interface DomainEventOptions extends EventOptions {
  /** Only this domain's, filtered by libvirt; an event's `domain` will do. */
  readonly domain?: Domain | { readonly uuid: string };
}

/** Which network events, and when they begin. */
export interface NetworkEventOptions extends EventOptions {
  /** Only this network's, filtered by libvirt; an event's `network` will do. */
  readonly network?: { readonly uuid: string };
}

/** Which storage pool events, and when they begin. */
export interface StoragePoolEventOptions extends EventOptions {
  /** Only this pool's, filtered by libvirt; an event's `storagePool` will do. */
  readonly pool?: { readonly uuid: string };
}

/** Which node device events, and when they begin. */
export interface NodeDeviceEventOptions extends EventOptions {
  /** Only this device's, filtered by libvirt; an event's `nodeDevice` will do. */
  readonly nodeDevice?: { readonly name: string };
}

/** Which secret events, and when they begin. */
export interface SecretEventOptions extends EventOptions {
  /** Only this secret's, filtered by libvirt; an event's `secret` will do. */
  readonly secret?: { readonly uuid: string };
}

/** Which monitor events, and when they begin. */
export interface QemuMonitorEventOptions extends DomainEventOptions {
  /**
   * Only events of this name, or of names that match, filtered by libvirt. The pattern is read by libvirt's
   * regular expressions, which are Perl's; of its flags only `i` counts.
   */
  readonly event?: string | RegExp;
}

/** Which events of a connection, and when they begin. */
export interface AllEventsOptions<C extends EventCategory> {
  /** Only these categories; all by default, and none for an empty array: the stream then ends with the connection. */
  readonly categories?: readonly C[];
  /**
   * Called once libvirt has acknowledged or refused each kind of event. Events of the kinds that were acknowledged
   * first may come earlier.
   */
  readonly onRegistered?: () => void;
}
