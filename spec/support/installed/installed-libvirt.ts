import { execFileSync } from 'node:child_process';
import { eventKinds } from '../../../lib/events/kinds.js';
import type { RegisteredCategory } from '../../../lib/events/event-table.js';
import type { EventKind } from '../../../lib/events/kind.js';
import type { DomainEventType } from '../../../lib/index.js';
import { libvirtEnum } from './libvirt-header.js';

/** The header and the enumeration that number the events of each category. QEMU's monitor events have no numbers. */
const numberings = {
  domain: ['libvirt-domain.h', 'virDomainEventID'],
  network: ['libvirt-network.h', 'virNetworkEventID'],
  'storage-pool': ['libvirt-storage.h', 'virStoragePoolEventID'],
  'node-device': ['libvirt-nodedev.h', 'virNodeDeviceEventID'],
  secret: ['libvirt-secret.h', 'virSecretEventID'],
} as const satisfies Partial<Record<RegisteredCategory, readonly [header: string, name: string]>>;

export type NumberedCategory = keyof typeof numberings;

/** How many kinds of event of a category the installed headers have. Their ids are 0, 1, 2 … */
export function installedEventCount(category: NumberedCategory): number {
  const [header, name] = numberings[category];
  return libvirtEnum(header, name).size;
}

/** The types of event that both the installed libvirt and rxvirt have, in the order of their ids. */
export function installedEventTypes(category: NumberedCategory): string[] {
  const count = installedEventCount(category);
  const kinds: readonly EventKind<unknown>[] = Object.values(eventKinds[category]);
  return kinds
    .filter(({ id }) => id < count)
    .sort((a, b) => a.id - b.id)
    .map(({ type }) => type);
}

/** When virsh is asked for all domain events, it registers for this type last. */
export const lastDomainEvent = installedEventTypes('domain').at(-1) as DomainEventType;

/** Whether the installed libvirt has a type of event. */
export function hasEvent(category: NumberedCategory, type: string): boolean {
  return installedEventTypes(category).includes(type);
}

/** The version of the installed libvirt. Its library, its daemon and virsh have the same version. */
export const installedVersion: readonly number[] = execFileSync('virsh', ['--version'], { encoding: 'utf8' })
  .trim()
  .split('.')
  .map(Number);

/** Whether the installed libvirt has this version or a newer one, such as `isAtLeast(11, 2)`. */
export function isAtLeast(major: number, minor = 0): boolean {
  const [installedMajor = 0, installedMinor = 0] = installedVersion;
  return installedMajor > major || (installedMajor === major && installedMinor >= minor);
}
