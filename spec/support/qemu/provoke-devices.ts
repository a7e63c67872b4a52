import {
  cdromXml,
  dimmXml,
  diskXml,
  guestAgentXml,
  scsiControllerXml,
  trustedNicXml,
  usbTabletXml,
  vncXml,
} from './domain-xml.js';
import type { Provocation } from './provocation.js';
import { vncHandshake } from './vnc-client.js';
import type { Guest } from './guest.js';

const medium = Buffer.alloc(1 << 20);

async function openAgentChannel(guest: Guest): Promise<void> {
  await guest.boot({ program: 'openAgentChannel', devices: [guestAgentXml] });
}

/** Provocations of events about devices, and about changes of a running domain. The guest need not do anything. */
export const deviceProvocations: readonly Provocation[] = [
  {
    type: 'device-added',
    how: 'a USB tablet is plugged in',
    words: [/^input\d+$/],
    provoke: async (guest: Guest): Promise<void> => {
      await guest.createPaused();
      await guest.virsh('attach-device', guest.write('tablet.xml', usbTabletXml));
    },
  },
  {
    type: 'device-removed',
    how: 'a SCSI disk is unplugged, which asks no guest',
    words: ['scsi0-0-0-0'],
    provoke: async (guest: Guest): Promise<void> => {
      await guest.createPaused({ devices: [scsiControllerXml] });
      const file = await guest.image('scsi.qcow2');
      const disk = diskXml({ file, target: 'sda', bus: 'scsi' });
      await guest.virsh('attach-device', guest.write('scsi.xml', disk));
      await guest.virsh('detach-disk', 'sda');
    },
  },
  {
    type: 'device-removal-failed',
    how: 'the guest refuses to give memory back',
    words: ['dimm0'],
    provoke: async (guest: Guest): Promise<void> => {
      await guest.boot({
        program: 'refuseMemoryEject',
        acpi: true,
        maximumMemoryMiB: 512,
        devices: [dimmXml],
      });
    },
  },
  {
    type: 'disk-change',
    how: 'a medium that may be missing is missing at the start',
    words: [/^disk ide0-1-0: .*missing\.iso -> <null>: changed$/],
    provoke: async (guest: Guest): Promise<void> => {
      const file = guest.path('missing.iso');
      await guest.createPaused({
        devices: [cdromXml({ file, target: 'hdc', bus: 'ide', startupPolicy: 'optional' })],
      });
    },
  },
  {
    type: 'tray-change',
    how: 'a medium is ejected and another inserted',
    words: [
      'disk ide0-1-0: opened',
      'disk ide0-1-0: closed',
      'disk ide0-1-0: opened',
      'disk ide0-1-0: closed',
    ],
    provoke: async (guest: Guest): Promise<void> => {
      const file = guest.write('first.iso', medium);
      await guest.createPaused({ devices: [cdromXml({ file, target: 'hdc', bus: 'ide' })] });
      await guest.virsh('change-media', 'hdc', '--eject');
      await guest.virsh('change-media', 'hdc', guest.write('second.iso', medium), '--insert');
    },
  },
  {
    type: 'graphics',
    how: 'a VNC client connects, is served and leaves',
    words: [
      /^connect local\[unix {2}.*\] remote\[unix {2}\] none$/,
      /^initialize local/,
      /^disconnect local/,
    ],
    provoke: async (guest: Guest): Promise<void> => {
      const path = guest.path('vnc.sock');
      await guest.createPaused({ devices: [vncXml(path)] });
      await vncHandshake(path);
    },
  },
  {
    type: 'agent-lifecycle',
    how: 'the domain starts and the guest opens the channel',
    words: ["state: 'disconnected' reason: 'domain started'", "state: 'connected' reason: 'channel event'"],
    provoke: openAgentChannel,
  },
  {
    type: 'channel-lifecycle',
    how: 'the domain starts and the guest opens the channel',
    words: [
      "channel name: 'org.qemu.guest_agent.0' state: 'disconnected' reason: 'domain started'",
      "channel name: 'org.qemu.guest_agent.0' state: 'connected' reason: 'channel event'",
    ],
    provoke: openAgentChannel,
  },
  {
    type: 'nic-mac-change',
    how: 'the guest changes the MAC of its network device',
    words: [''],
    provoke: async (guest: Guest): Promise<void> => {
      await guest.boot({ program: 'changeMac', devices: [trustedNicXml] });
    },
  },
  {
    type: 'vcpu-removed',
    how: 'a processor is taken away that the guest has ejected',
    words: ['vcpu 1'],
    provoke: async (guest: Guest): Promise<void> => {
      await guest.boot({ program: 'ejectProcessor', acpi: true, hasSecondProcessor: true });
      // QEMU 11.1 reports only the processor's interrupt controller. libvirt learns that the processor is gone when it
      // asks QEMU to remove it.
      const processors = (): Promise<string> =>
        guest.virsh('qemu-monitor-command', '--hmp', 'info hotpluggable-cpus');
      while ((await processors()).includes('peripheral/vcpu1'));
      await guest.virsh('setvcpu', '1', '--disable', '--live', '--async');
    },
  },
  {
    type: 'tunable',
    how: 'the limits of a disk and the pinning of a processor are changed',
    words: ['', '', ''],
    provoke: async (guest: Guest): Promise<void> => {
      await guest.createPaused({
        devices: [diskXml({ file: await guest.image('tuned.qcow2'), target: 'vda', bus: 'virtio' })],
      });
      await guest.virsh('blkdeviotune', 'vda', '--total-bytes-sec', '1000000', '--group-name', 'slow');
      await guest.virsh('vcpupin', '0', '0');
      await guest.virsh('emulatorpin', '0');
    },
  },
  {
    type: 'metadata-change',
    how: 'title, description and an element are changed',
    words: [
      'type title, uri <null>',
      'type description, uri <null>',
      'type element, uri http://example.org/rxvirt',
    ],
    provoke: async (guest: Guest): Promise<void> => {
      await guest.createPaused();
      await guest.virsh('desc', '--live', '--title', 'A title');
      await guest.virsh('desc', '--live', 'A description');
      await guest.virsh('metadata', 'http://example.org/rxvirt', '--live', '--key', 'x', '--set', '<a/>');
    },
  },
];
