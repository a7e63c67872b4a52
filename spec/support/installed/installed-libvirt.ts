import { execFileSync } from 'node:child_process';
import { eventKinds } from '../../../lib/events/kinds.js';
import type { RegisteredCategory } from '../../../lib/events/event-table.js';
import type { EventKind } from '../../../lib/events/kind.js';
import type { DomainEventType } from '../../../lib/index.js';
import { libvirtEnum } from './libvirt-header.js';

/** Where the headers number the events of each category; QEMU's monitor events have no numbers. */
const numberings = {
  domain: ['libvirt-domain.h', 'virDomainEventID'],
  network: ['libvirt-network.h', 'virNetworkEventID'],
  'storage-pool': ['libvirt-storage.h', 'virStoragePoolEventID'],
  'node-device': ['libvirt-nodedev.h', 'virNodeDeviceEventID'],
  secret: ['libvirt-secret.h', 'virSecretEventID'],
} as const satisfies Partial<Record<RegisteredCategory, readonly [header: string, name: string]>>;

export type NumberedCategory = keyof typeof numberings;

/** How many events of a category the installed libvirt has, by its headers: their ids count from 0. */
export function installedEventCount(category: NumberedCategory): number {
  const [header, name] = numberings[category];
  return libvirtEnum(header, name).size;
}

/** The types of event that the installed libvirt has, of those that rxvirt knows, by id. */
export function installedEventTypes(category: NumberedCategory): string[] {
  const count = installedEventCount(category);
  const kinds: readonly EventKind<unknown>[] = Object.values(eventKinds[category]);
  return kinds
    .filter(({ id }) => id < count)
    .sort((a, b) => a.id - b.id)
    .map(({ type }) => type);
}

/** The domain event that virsh registers for last when it is asked for all. */
export const lastDomainEvent = installedEventTypes('domain').at(-1) as DomainEventType;

/** Whether the installed libvirt has a type of event. */
export function hasEvent(category: NumberedCategory, type: string): boolean {
  return installedEventTypes(category).includes(type);
}

/** The version of the libvirt that is installed: its library, its daemon and virsh are of one. */
export const installedVersion: readonly number[] = execFileSync('virsh', ['--version'], { encoding: 'utf8' })
  .trim()
  .split('.')
  .map(Number);

/** Whether the installed libvirt is of a version, such as `isAtLeast(11, 2)`, or newer. */
export function isAtLeast(major: number, minor = 0): boolean {
  const [installedMajor = 0, installedMinor = 0] = installedVersion;
  return installedMajor > major || (installedMajor === major && installedMinor >= minor);
}
