import type { DomainEventMap } from './domain-event-types.js';
import { domainDeviceEventKinds } from './domain-device-event-kinds.js';
import { domainGuestEventKinds } from './domain-guest-event-kinds.js';
import type { EventKind, EventKinds, RegisteredCategory } from './kind.js';
import type { LibvirtEventMap } from './libvirt-event-types.js';
import {
  networkEventKinds,
  nodeDeviceEventKinds,
  qemuMonitorEventKinds,
  secretEventKinds,
  storagePoolEventKinds,
} from './object-event-kinds.js';

const domainEventKinds: EventKinds<DomainEventMap> = { ...domainGuestEventKinds, ...domainDeviceEventKinds };

/** How every kind of event is registered and read. */
export const eventKinds: { readonly [C in RegisteredCategory]: EventKinds<LibvirtEventMap[C]> } = {
  domain: domainEventKinds,
  network: networkEventKinds,
  'storage-pool': storagePoolEventKinds,
  'node-device': nodeDeviceEventKinds,
  secret: secretEventKinds,
  'qemu-monitor': qemuMonitorEventKinds,
};

/** The kind of that name; undefined for one that this library doesn't know, as JavaScript may ask for. */
export function findEventKind<C extends RegisteredCategory, T extends keyof LibvirtEventMap[C]>(
  category: C,
  type: T,
): EventKind<LibvirtEventMap[C][T]> | undefined {
  const kinds: EventKinds<LibvirtEventMap[C]> = eventKinds[category];
  return Object.hasOwn(kinds, type) ? kinds[type] : undefined;
}
