import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import type { Guest } from './guest.js';
import { bootableImage, guestPrograms, type GuestProgramName } from './guest-program.js';
import { unprivilegedUser } from '../libvirtd/rig-directory.js';

const errnos = { EIO: 5, ENOSPC: 28 } as const;

export interface BrokenDiskOptions {
  fails: 'read' | 'write';
  errno: keyof typeof errnos;
  /** The program in the boot sector. Without it, the boot sector is empty. */
  program?: GuestProgramName;
}

export interface BrokenDisk {
  socketPath: string;
  /**
   * Every disk has an export name: the daemon of libvirt 9.0.0 can't encode I/O errors of a disk whose source has none.
   */
  exportName: string;
}

/** Serves a disk by NBD. Reading or writing the disk fails. The server ends with the guest, or with the host. */
export async function brokenDisk(guest: Guest, options: BrokenDiskOptions): Promise<BrokenDisk> {
  const exportName = 'broken';
  const socketPath = guest.path('nbd.sock');
  rmSync(socketPath, { force: true });
  const image = guest.write('broken.img', bootableImage(guestPrograms[options.program ?? 'nothing']));
  const description = [
    'driver=raw',
    'file.driver=blkdebug',
    'file.inject-error.0.event=none',
    `file.inject-error.0.iotype=${options.fails}`,
    `file.inject-error.0.errno=${errnos[options.errno]}`,
    'file.image.driver=file',
    `file.image.filename=${image}`,
  ].join(',');
  // The server forks when clients may connect, and ends when the last client has left.
  const server = spawn(
    'qemu-nbd',
    ['--socket', socketPath, '--fork', '--export-name', exportName, '--image-opts', description],
    { stdio: 'ignore', ...unprivilegedUser },
  );
  const [code] = (await once(server, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`qemu-nbd has ended with code ${String(code)}`);
  return { socketPath, exportName };
}
