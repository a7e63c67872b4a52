import { diskXml, panicXml } from './domain-xml.js';
import { isAtLeast } from '../installed/installed-libvirt.js';
import { shutdownByHost, sight, type Provocation } from './provocation.js';
import { virsh } from '../virsh/virsh.js';
import type { Guest } from './guest.js';
import type { VirshEvents } from '../virsh/virsh-events.js';

const type = 'lifecycle';
const started = ['Resumed Unpaused', 'Started Booted'];
const booted = ['Started Booted', 'Suspended Paused', 'Resumed Unpaused'];
const destroyed = ['Shutdown Finished after host request', 'Stopped Destroyed'];
const stoppedByGuest = ['Shutdown Finished after guest request', 'Stopped Shutdown'];

// libvirt 7.0 reports the definition first. libvirt 9.0 and later versions report the start first.
const revertedToSnapshot = isAtLeast(8)
  ? ['Started Snapshot', 'Defined Snapshot']
  : ['Defined Snapshot', 'Started Snapshot'];

// QEMU reports that the guest has panicked, and right afterwards that it has stopped. libvirt handles the stop at once,
// but the panic on another thread. So libvirt may report a pause in between.
const afterPanic = /^Suspended /;

/** Provocations of every detail of a lifecycle event that is possible on one host. */
export const lifecycleProvocations: readonly Provocation[] = [
  {
    type,
    how: 'a domain is defined, changed and undefined',
    words: ['Defined Added', 'Defined Updated', 'Undefined Removed'],
    provoke: async (guest: Guest): Promise<void> => {
      const uuid = 'b3a7c9d2-5c6e-4d0f-9a58-70a1d7a6f1e4';
      await guest.define({ uuid });
      await guest.define({ uuid, memoryMiB: 48 });
      await guest.virsh('undefine');
    },
  },
  {
    type,
    how: 'a domain is renamed',
    words: ['Defined Added', 'Undefined Renamed'],
    provoke: async (guest: Guest): Promise<void> => {
      await guest.define();
      await guest.virsh('domrename', `${guest.name}-renamed`);
      await virsh(guest.host.uri, 'undefine', `${guest.name}-renamed`);
    },
  },
  {
    type,
    how: 'a domain is started, suspended, resumed and destroyed',
    words: [...started, 'Suspended Paused', 'Resumed Unpaused', ...destroyed],
    provoke: async (guest: Guest): Promise<void> => {
      await guest.create();
      await guest.virsh('suspend');
      await guest.virsh('resume');
      await guest.virsh('destroy');
    },
  },
  {
    type,
    how: 'a domain is started paused',
    words: ['Started Booted', 'Suspended Paused'],
    provoke: async (guest: Guest): Promise<void> => {
      await guest.createPaused();
    },
  },
  {
    type,
    how: 'a domain is saved and restored',
    words: [...started, 'Suspended Paused', 'Stopped Saved', 'Started Restored', 'Resumed Snapshot'],
    mayAlso: shutdownByHost,
    provoke: async (guest: Guest): Promise<void> => {
      await guest.create();
      await guest.virsh('save', guest.path('save'));
      await virsh(guest.host.uri, 'restore', guest.path('save'));
    },
  },
  {
    type,
    how: 'memory is dumped',
    words: [...started, 'Suspended Paused', 'Resumed Unpaused'],
    provoke: async (guest: Guest): Promise<void> => {
      await guest.create();
      await guest.virsh('dump', guest.path('dump'), '--memory-only');
    },
  },
  {
    type,
    how: 'a stopped domain is reverted to a snapshot and started from it',
    words: ['Defined Added', 'Resumed Unpaused', ...revertedToSnapshot],
    provoke: async (guest: Guest): Promise<void> => {
      const disk = diskXml({ file: await guest.image('disk.qcow2'), target: 'vda', bus: 'virtio' });
      await guest.define({ devices: [disk] });
      await guest.virsh('snapshot-create-as', 'first');
      await guest.virsh('snapshot-revert', 'first', '--running');
    },
  },
  {
    type,
    how: 'the guest powers the machine off',
    words: [...booted, ...stoppedByGuest],
    provoke: async (guest: Guest): Promise<void> => {
      await guest.boot({ program: 'powerOff', acpi: true });
    },
  },
  {
    type,
    how: 'the guest suspends to memory and is woken up',
    words: [...booted, 'PMSuspended Memory', 'Started Event wakeup', 'PMSuspended Memory'],
    provoke: async (guest: Guest, events: VirshEvents): Promise<void> => {
      await guest.boot({ program: 'suspendToMemory', acpi: true });
      await sight(events, guest, type, 'PMSuspended Memory');
      await guest.virsh('dompmwakeup');
    },
  },
  {
    type,
    how: 'the guest suspends to disk',
    words: [...booted, 'PMSuspended Disk', ...stoppedByGuest],
    provoke: async (guest: Guest): Promise<void> => {
      await guest.boot({ program: 'suspendToDisk', acpi: true });
    },
  },
  {
    type,
    how: 'the guest panics and is kept',
    words: [...booted, 'Crashed Panicked'],
    mayAlso: [afterPanic],
    provoke: async (guest: Guest): Promise<void> => {
      await guest.boot({ program: 'panic', devices: [panicXml], onCrash: 'preserve' });
    },
  },
  {
    type,
    how: 'the guest panics and is destroyed',
    words: [...booted, 'Crashed Panicked', 'Stopped Crashed'],
    mayAlso: [afterPanic, ...shutdownByHost],
    provoke: async (guest: Guest): Promise<void> => {
      await guest.boot({ program: 'panic', devices: [panicXml], onCrash: 'destroy' });
    },
  },
  {
    type,
    how: 'the guest loads a kernel to dump a crash',
    words: [...booted, 'Crashed Crashloaded'],
    provoke: async (guest: Guest): Promise<void> => {
      await guest.boot({ program: 'crashload', devices: [panicXml] });
    },
  },
  {
    type,
    how: 'QEMU is killed',
    words: [...started, 'Stopped Failed'],
    provoke: async (guest: Guest): Promise<void> => {
      await guest.create();
      process.kill(guest.emulatorPid, 'SIGKILL');
    },
  },
];
