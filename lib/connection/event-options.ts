import type { Domain } from '../domain/domain.js';
import type { EventCategory } from '../events/event-types.js';

/** When events begin. */
export interface EventOptions {
  /**
   * Called when libvirt has acknowledged the registration. Everything that happens from then on is emitted.
   * Called once, and before the first event, in the subscriber's own asynchronous context
   * (`AsyncLocalStorage`).
   */
  readonly onRegistered?: () => void;
}

/** Which domain events, and when they begin. */
export interface DomainEventOptions extends EventOptions {
  /** Only events of this domain, filtered by libvirt. You can pass an event's `domain`. */
  readonly domain?: Domain | { readonly uuid: string };
}

/** Which network events, and when they begin. */
export interface NetworkEventOptions extends EventOptions {
  /** Only events of this network, filtered by libvirt. You can pass an event's `network`. */
  readonly network?: { readonly uuid: string };
}

/** Which storage pool events, and when they begin. */
export interface StoragePoolEventOptions extends EventOptions {
  /** Only events of this pool, filtered by libvirt. You can pass an event's `storagePool`. */
  readonly pool?: { readonly uuid: string };
}

/** Which node device events, and when they begin. */
export interface NodeDeviceEventOptions extends EventOptions {
  /** Only events of this device, filtered by libvirt. You can pass an event's `nodeDevice`. */
  readonly nodeDevice?: { readonly name: string };
}

/** Which secret events, and when they begin. */
export interface SecretEventOptions extends EventOptions {
  /** Only events of this secret, filtered by libvirt. You can pass an event's `secret`. */
  readonly secret?: { readonly uuid: string };
}

/** Which monitor events, and when they begin. */
export interface QemuMonitorEventOptions extends DomainEventOptions {
  /**
   * Only events with this name, or with a name that matches the pattern, filtered by libvirt. libvirt reads
   * the pattern, in Perl's syntax. Of the pattern's flags only `i` counts.
   */
  readonly event?: string | RegExp;
}

/** Which events of a connection, and when they begin. */
export interface AllEventsOptions<C extends EventCategory> {
  /**
   * Only these categories. All by default. With an empty array there are no events, and the stream ends with
   * the connection.
   */
  readonly categories?: readonly C[];
  /**
   * Called once libvirt has acknowledged or refused each kind of event. Events of the kinds that were acknowledged
   * first may come earlier.
   */
  readonly onRegistered?: () => void;
}
