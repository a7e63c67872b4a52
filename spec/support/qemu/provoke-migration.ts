import type { Guest } from './guest.js';
import { shutdownByHost } from './provocation.js';
import type { QemuHost } from './qemu-host.js';

/**
 * The lifecycle events that virsh prints when {@link provokeMigration} moves a domain, without {@link shutdownByHost}.
 */
export const migrationWords = {
  source: ['Resumed Unpaused', 'Started Booted', 'Suspended Migrated', 'Stopped Migrated'],
  destination: ['Started Migrated', 'Resumed Migrated'],
} as const;

/** The words of those lifecycle events that every libvirt sends. */
export const withoutShutdownByHost = (words: readonly string[]): string[] =>
  words.filter((each) => !shutdownByHost.some((pattern) => pattern.test(each)));

/** Starts a guest, and moves it to another host on this machine while it runs, through a UNIX socket. */
export async function provokeMigration(guest: Guest, destination: QemuHost): Promise<void> {
  await guest.create();
  const stream = `unix://${destination.directory.join(`${guest.name}-migration`)}`;
  await guest.virsh('migrate', '--live', '--p2p', '--desturi', destination.uri, '--migrateuri', stream);
}
