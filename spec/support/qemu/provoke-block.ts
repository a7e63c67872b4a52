import { brokenDisk } from './broken-disk.js';
import { diskXml, networkDiskXml } from './domain-xml.js';
import type { Guest } from './guest.js';
import { isAtLeast } from '../installed/installed-libvirt.js';
import { sight, type Provocation } from './provocation.js';
import type { VirshEvents } from '../virsh/virsh-events.js';

/** Starts a paused guest with a disk vda. QEMU works on the disk even when the guest is paused. */
async function withDisk(guest: Guest): Promise<void> {
  await guest.createPaused({
    devices: [diskXml({ file: await guest.image('disk.qcow2'), target: 'vda', bus: 'virtio' })],
  });
}

async function snapshot(guest: Guest, name: string): Promise<void> {
  const disk = `vda,file=${guest.path(`${name}.qcow2`)}`;
  await guest.virsh('snapshot-create-as', name, '--disk-only', '--no-metadata', '--diskspec', disk);
}

async function copyAndPivot(guest: Guest): Promise<void> {
  await withDisk(guest);
  await guest.virsh('blockcopy', 'vda', guest.path('copy.qcow2'), '--transient-job', '--wait', '--pivot');
}

async function copyAndAbort(guest: Guest, events: VirshEvents): Promise<void> {
  await withDisk(guest);
  await guest.virsh('blockcopy', 'vda', guest.path('copy.qcow2'), '--transient-job');
  await sight(events, guest, 'block-job-2', 'Block Copy for vda ready');
  await guest.virsh('blockjob', 'vda', '--abort');
}

async function pull(guest: Guest): Promise<void> {
  await withDisk(guest);
  await snapshot(guest, 'top');
  await guest.virsh('blockpull', 'vda', '--wait');
}

async function commit(guest: Guest): Promise<void> {
  await withDisk(guest);
  await snapshot(guest, 'middle');
  await snapshot(guest, 'top');
  await guest.virsh('blockcommit', 'vda', '--top', guest.path('middle.qcow2'), '--wait');
}

async function commitActive(guest: Guest): Promise<void> {
  await withDisk(guest);
  await snapshot(guest, 'top');
  await guest.virsh('blockcommit', 'vda', '--active', '--wait', '--pivot');
}

async function failToRead(guest: Guest): Promise<void> {
  // The BIOS reads the first sector to boot from it, so the guest needs no program.
  const disk = await brokenDisk(guest, { fails: 'read', errno: 'EIO' });
  await guest.boot({ devices: [networkDiskXml(disk.socketPath, disk.exportName)] });
}

async function failToWrite(guest: Guest): Promise<void> {
  const disk = await brokenDisk(guest, { fails: 'write', errno: 'ENOSPC', program: 'writeDisk' });
  await guest.boot({ devices: [networkDiskXml(disk.socketPath, disk.exportName)] });
}

// For errors other than a lack of space, libvirt up to 9.0 gives no reason. Later versions say that QEMU's message is
// kept.
const otherReason = isAtLeast(9, 1) ? 'message' : '';

/** Provocations of the events about the blocks of a disk. */
export const blockProvocations: readonly Provocation[] = [
  {
    type: 'block-job',
    how: 'a disk is copied and the guest moved to the copy',
    words: [/^Block Copy for .*disk\.qcow2 ready$/, /^Block Copy for .*copy\.qcow2 completed$/],
    provoke: copyAndPivot,
  },
  {
    type: 'block-job-2',
    how: 'a disk is copied and the guest moved to the copy',
    words: ['Block Copy for vda ready', 'Block Copy for vda completed'],
    provoke: copyAndPivot,
  },
  {
    type: 'block-job-2',
    how: 'the copy of a disk is aborted',
    words: ['Block Copy for vda ready', 'Block Copy for vda canceled'],
    provoke: copyAndAbort,
  },
  {
    type: 'block-job-2',
    how: 'a backing image is pulled into the disk',
    words: ['Block Pull for vda completed'],
    provoke: pull,
  },
  {
    type: 'block-job-2',
    how: 'an image in the middle of a chain is committed',
    words: ['Block Commit for vda completed'],
    provoke: commit,
  },
  {
    type: 'block-job-2',
    how: 'the active image is committed',
    words: ['Active Block Commit for vda ready', 'Active Block Commit for vda completed'],
    provoke: commitActive,
  },
  {
    type: 'block-threshold',
    how: 'QEMU writes beyond a threshold',
    words: [/^dev: vda\(.*disk\.qcow2\) 1048576 \d+$/, /^dev: vda\[\d+\]\(.*disk\.qcow2\) 1048576 \d+$/],
    provoke: async (guest: Guest): Promise<void> => {
      await withDisk(guest);
      await guest.virsh('domblkthreshold', 'vda', '1M');
      // qemu-io, QEMU's own I/O exerciser, works on the disk of the guest's device.
      const device = '/machine/peripheral/virtio-disk0/virtio-backend';
      await guest.virsh('qemu-monitor-command', '--hmp', `qemu-io -d ${device} "write 0 2M"`);
    },
  },
  {
    type: 'io-error',
    how: 'a sector cannot be read',
    words: ['broken (virtio-disk0) pause'],
    provoke: failToRead,
  },
  {
    type: 'io-error-reason',
    how: 'a sector cannot be read',
    words: [`broken (virtio-disk0) pause due to ${otherReason}`],
    provoke: failToRead,
  },
  {
    type: 'io-error-reason',
    how: 'there is no space for a sector',
    words: ['broken (virtio-disk0) pause due to enospc'],
    provoke: failToWrite,
  },
  {
    type: 'lifecycle',
    how: 'a sector cannot be read',
    words: ['Started Booted', 'Suspended Paused', 'Resumed Unpaused', 'Suspended I/O Error'],
    provoke: failToRead,
  },
];
