import type { Guest } from './guest.js';
import type { QemuHost } from './qemu-host.js';

/** What virsh prints of the lifecycle of a domain that {@link provokeMigration} has moved. */
export const migrationWords = {
  source: ['Resumed Unpaused', 'Started Booted', 'Suspended Migrated', 'Stopped Migrated'],
  destination: ['Started Migrated', 'Resumed Migrated'],
} as const;

/** Starts a guest and moves it, running, to another host of this machine, through a UNIX socket. */
export async function provokeMigration(guest: Guest, destination: QemuHost): Promise<void> {
  await guest.create();
  const stream = `unix://${destination.directory.join(`${guest.name}-migration`)}`;
  await guest.virsh('migrate', '--live', '--p2p', '--desturi', destination.uri, '--migrateuri', stream);
}
