import type { Guest } from './guest.js';
import { shutdownByHost } from './provocation.js';
import type { QemuHost } from './qemu-host.js';

/** What virsh prints of the lifecycle of a domain that {@link provokeMigration} has moved, but for {@link shutdownByHost}. */
export const migrationWords = {
  source: ['Resumed Unpaused', 'Started Booted', 'Suspended Migrated', 'Stopped Migrated'],
  destination: ['Started Migrated', 'Resumed Migrated'],
} as const;

/** The words of a lifecycle that are there on every libvirt. */
export const withoutShutdownByHost = (words: readonly string[]): string[] =>
  words.filter((each) => !shutdownByHost.some((pattern) => pattern.test(each)));

/** Starts a guest and moves it, running, to another host of this machine, through a UNIX socket. */
export async function provokeMigration(guest: Guest, destination: QemuHost): Promise<void> {
  await guest.create();
  const stream = `unix://${destination.directory.join(`${guest.name}-migration`)}`;
  await guest.virsh('migrate', '--live', '--p2p', '--desturi', destination.uri, '--migrateuri', stream);
}
