import { watchdogXml } from './domain-xml.js';
import { balloonPages } from './guest-program.js';
import { sight, type Provocation } from './provocation.js';

/** Events about what the guest does, by a guest of a few instructions; and about the jobs of a whole domain. */
export const guestProvocations: readonly Provocation[] = [
  {
    type: 'reboot',
    how: 'the machine is reset while it stands still',
    words: [''],
    async provoke(guest) {
      await guest.create({}, '--paused');
      await guest.virsh('reset');
    },
  },
  {
    type: 'rtc-change',
    how: 'the guest sets its clock',
    words: [/^\d{8,9}$/],
    async provoke(guest) {
      await guest.create({ program: 'setClock' });
    },
  },
  {
    type: 'watchdog',
    how: 'the guest arms a watchdog and lets it expire',
    words: ['pause'],
    async provoke(guest) {
      await guest.create({ program: 'watchdog', devices: [watchdogXml] });
    },
  },
  {
    type: 'lifecycle',
    how: 'a watchdog pauses the guest',
    words: ['Resumed Unpaused', 'Started Booted', 'Suspended Watchdog'],
    async provoke(guest) {
      await guest.create({ program: 'watchdog', devices: [watchdogXml] });
    },
  },
  {
    type: 'pm-suspend',
    how: 'the guest suspends to memory',
    words: [''],
    async provoke(guest) {
      await guest.create({ program: 'suspendToMemory', acpi: true });
    },
  },
  {
    type: 'pm-wakeup',
    how: 'a suspended guest is woken up',
    words: [''],
    async provoke(guest, events) {
      await guest.create({ program: 'suspendToMemory', acpi: true });
      await sight(events, guest, 'pm-suspend');
      await guest.virsh('dompmwakeup');
    },
  },
  {
    type: 'pm-suspend-disk',
    how: 'the guest suspends to disk',
    words: [''],
    async provoke(guest) {
      await guest.create({ program: 'suspendToDisk', acpi: true });
    },
  },
  {
    type: 'balloon-change',
    how: 'the guest says how much its balloon holds',
    words: [`${32 * 1024 - balloonPages * 4}KiB`],
    async provoke(guest) {
      await guest.create({ program: 'balloon' });
    },
  },
  {
    type: 'memory-failure',
    how: 'a machine check is injected',
    words: [''],
    async provoke(guest) {
      await guest.create({ program: 'nothing' });
      await guest.virsh('qemu-monitor-command', '--hmp', 'mce 0 1 0xbd00000000000000 0x4 0x1000 0x8c');
    },
  },
  {
    type: 'control-error',
    how: 'QEMU leaves without closing its monitor properly',
    words: [''],
    async provoke(guest) {
      await guest.create();
      // It is answered by the end of the connection, which virsh rightly calls an error.
      await guest.virsh('qemu-monitor-command', '{"execute":"quit"}').catch(() => undefined);
    },
  },
  {
    type: 'migration-iteration',
    how: 'a domain is saved, which is a migration into a file',
    words: ["iteration: '1'", "iteration: '2'"],
    async provoke(guest) {
      await guest.create();
      await guest.virsh('save', guest.path('save'));
    },
  },
  {
    type: 'job-completed',
    how: 'a domain is saved',
    words: [''],
    async provoke(guest) {
      await guest.create();
      await guest.virsh('save', guest.path('save'));
    },
  },
];
