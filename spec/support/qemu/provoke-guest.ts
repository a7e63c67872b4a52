import { watchdogXml } from './domain-xml.js';
import { balloonPages } from './guest-program.js';
import { isQemuAtLeast } from './installed-qemu.js';
import { sight, type Provocation } from './provocation.js';
import type { Guest } from './guest.js';
import type { VirshEvents } from '../virsh/virsh-events.js';

async function letWatchdogExpire(guest: Guest): Promise<void> {
  await guest.boot({ program: 'watchdog', devices: [watchdogXml] });
}

async function save(guest: Guest): Promise<void> {
  await guest.createPaused();
  await guest.virsh('save', guest.path('save'));
}

// QEMU 7.2 and 10.0 report both passes over the memory, and 11.1 only the second one.
const savePasses = [...(isQemuAtLeast(10, 1) ? [] : ["iteration: '1'"]), "iteration: '2'"];

/** Provocations of events about what the guest does, by a program of a few instructions, and about a domain's jobs. */
export const guestProvocations: readonly Provocation[] = [
  {
    type: 'reboot',
    how: 'the machine is reset while it stands still',
    words: [''],
    provoke: async (guest: Guest): Promise<void> => {
      await guest.createPaused();
      await guest.virsh('reset');
    },
  },
  {
    type: 'rtc-change',
    how: 'the guest sets its clock',
    words: [/^-?\d+$/],
    provoke: async (guest: Guest): Promise<void> => {
      await guest.boot({ program: 'setClock' });
    },
  },
  {
    type: 'watchdog',
    how: 'the guest arms a watchdog and lets it expire',
    words: ['pause'],
    provoke: letWatchdogExpire,
  },
  {
    type: 'lifecycle',
    how: 'a watchdog pauses the guest',
    words: ['Started Booted', 'Suspended Paused', 'Resumed Unpaused', 'Suspended Watchdog'],
    provoke: letWatchdogExpire,
  },
  {
    type: 'pm-suspend',
    how: 'the guest suspends to memory',
    words: [''],
    provoke: async (guest: Guest): Promise<void> => {
      await guest.boot({ program: 'suspendToMemory', acpi: true });
    },
  },
  {
    type: 'pm-wakeup',
    how: 'a suspended guest is woken up',
    words: [''],
    provoke: async (guest: Guest, events: VirshEvents): Promise<void> => {
      await guest.boot({ program: 'suspendToMemory', acpi: true });
      await sight(events, guest, 'pm-suspend');
      await guest.virsh('dompmwakeup');
    },
  },
  {
    type: 'pm-suspend-disk',
    how: 'the guest suspends to disk',
    words: [''],
    provoke: async (guest: Guest): Promise<void> => {
      await guest.boot({ program: 'suspendToDisk', acpi: true });
    },
  },
  {
    type: 'balloon-change',
    how: 'the guest says how much its balloon holds',
    words: [`${32 * 1024 - balloonPages * 4}KiB`],
    provoke: async (guest: Guest): Promise<void> => {
      await guest.boot({ program: 'balloon' });
    },
  },
  {
    type: 'memory-failure',
    how: 'a machine check is injected',
    words: [''],
    provoke: async (guest: Guest): Promise<void> => {
      await guest.boot({ program: 'nothing' });
      await guest.virsh('qemu-monitor-command', '--hmp', 'mce 0 1 0xbd00000000000000 0x4 0x1000 0x8c');
    },
  },
  {
    type: 'control-error',
    how: 'QEMU dies with a question unread',
    words: [''],
    provoke: async (guest: Guest): Promise<void> => {
      await guest.createPaused();
      const { emulatorPid } = guest;
      process.kill(emulatorPid, 'SIGSTOP');
      const answer = guest.virsh('qemu-monitor-command', '{"execute":"query-status"}').catch(() => undefined);
      while (!(await guest.virsh('domcontrol')).startsWith('occupied'));
      // QEMU has not read everything, so the kernel resets the monitor's connection. Otherwise the connection would
      // just end.
      process.kill(emulatorPid, 'SIGKILL');
      await answer;
    },
  },
  {
    type: 'migration-iteration',
    how: 'a domain is saved, which is a migration into a file',
    words: savePasses,
    // On a busy machine QEMU may pass over the memory once more.
    mayAlso: [/^iteration: '[3-9]'$/],
    provoke: save,
  },
  {
    type: 'job-completed',
    how: 'a domain is saved',
    words: [''],
    provoke: save,
  },
];
