import { expect } from 'chai';
import { ScriptedLibvirtd, type EventFields, type EventType } from './index.js';
import { installedEventTypes, lastDomainEvent } from '../installed/installed-libvirt.js';
import { canonicalLine } from '../virsh/virsh-event-lines.js';
import { Virsh } from './virsh.js';

type Type = EventType<'domain'>;
/** Fields to send, and the words that virsh must print for them after the domain's name. */
type Cases<T extends Type> = readonly (readonly [Omit<EventFields<'domain', T>, 'domain'>, string])[];

const parameters = [
  { field: 'a', type: 'int', value: -(2 ** 31) },
  { field: 'b', type: 'uint', value: 2 ** 32 - 1 },
  { field: 'c', type: 'llong', value: -(2n ** 63n) },
  { field: 'd', type: 'ullong', value: 2n ** 64n - 1n },
  { field: 'e', type: 'double', value: 0.25 },
  { field: 'f', type: 'boolean', value: 1 },
  { field: 'g', type: 'string', value: 'text' },
] as const;
const parameterLines =
  ':\n\ta: -2147483648\n\tb: 4294967295\n\tc: -9223372036854775808\n\td: 18446744073709551615\n' +
  '\te: 0.25\n\tf: 1\n\tg: text';

const graphics = {
  phase: 1,
  local: { family: 0, node: '127.0.0.1', service: '5900' },
  remote: { family: 1, node: '::1', service: '4711' },
  authScheme: 'vnc',
};

const cases: { readonly [T in Type]: Cases<T> } = {
  lifecycle: [
    [{ event: 5, detail: 2 }, ': Stopped Crashed'],
    [{ event: 8, detail: 1 }, ': Crashed Crashloaded'],
    [{ event: 2, detail: 2 ** 31 - 1 }, ': Started unknown'],
    [{ event: -(2 ** 31), detail: 0 }, ': unknown unknown'],
  ],
  reboot: [[{}, '']],
  'rtc-change': [
    [{ offset: -(2n ** 63n) }, ': -9223372036854775808'],
    [{ offset: 3600 }, ': 3600'],
  ],
  watchdog: [
    [{ action: 6 }, ': inject-nmi'],
    [{ action: 7 }, ': unknown'],
  ],
  'io-error': [[{ srcPath: '/disk', devAlias: 'virtio0', action: 2 }, ': /disk (virtio0) report']],
  graphics: [
    [{ ...graphics, subject: [] }, ': initialize local[IPv4 127.0.0.1 5900] remote[IPv6 ::1 4711] vnc'],
    [
      {
        ...graphics,
        phase: 2,
        subject: [
          { type: 'x509dname', name: 'CN=me' },
          { type: 'sasl', name: 'fred' },
        ],
      },
      ': disconnect local[IPv4 127.0.0.1 5900] remote[IPv6 ::1 4711] vnc\n\tx509dname=CN=me\n\tsasl=fred',
    ],
  ],
  'io-error-reason': [
    [{ srcPath: '', devAlias: 'ide0', action: 1, reason: 'enospc' }, ':  (ide0) pause due to enospc'],
  ],
  'control-error': [[{}, '']],
  'block-job': [[{ path: '/disk', type: 2, status: 3 }, ': Block Copy for /disk ready']],
  'disk-change': [
    [{ oldSrcPath: '/a', newSrcPath: null, devAlias: 'cd', reason: 0 }, ' disk cd: /a -> <null>: changed'],
    [{ oldSrcPath: null, newSrcPath: '/b', devAlias: 'cd', reason: 1 }, ' disk cd: <null> -> /b: dropped'],
  ],
  'tray-change': [[{ devAlias: 'cd', reason: 1 }, ' disk cd: closed']],
  'pm-wakeup': [[{ reason: 77 }, '']],
  'pm-suspend': [[{ reason: 0 }, '']],
  'balloon-change': [[{ actual: 2n ** 64n - 1n }, ': 18446744073709551615KiB']],
  'pm-suspend-disk': [[{ reason: -1 }, '']],
  'device-removed': [[{ devAlias: 'net0' }, ': net0']],
  'block-job-2': [[{ dst: 'vda', type: 4, status: 1 }, ': Active Block Commit for vda failed']],
  tunable: [[{ params: parameters }, parameterLines]],
  'agent-lifecycle': [[{ state: 2, reason: 1 }, ": state: 'disconnected' reason: 'domain started'"]],
  'device-added': [
    [{ devAlias: 'x'.repeat(65_536) }, `: ${'x'.repeat(65_536)}`],
    [{ devAlias: Buffer.from([0xff, 0xfe, 0x41]) }, ': \xff\xfeA'],
  ],
  'migration-iteration': [[{ iteration: 12 }, ": iteration: '12'"]],
  'job-completed': [
    [{ params: parameters }, parameterLines],
    [{ params: [] }, ':'],
  ],
  'device-removal-failed': [[{ devAlias: '' }, ': ']],
  'metadata-change': [
    [{ type: 2, nsuri: 'http://example.org/' }, ': type element, uri http://example.org/'],
    [{ type: 0, nsuri: null }, ': type description, uri <null>'],
  ],
  'block-threshold': [
    [
      { dev: 'vda', path: null, threshold: 2n ** 64n - 1n, excess: 2n ** 63n },
      ': dev: vda(<null>) 18446744073709551615 9223372036854775808',
    ],
  ],
  'memory-failure': [
    [
      { recipient: 1, action: 3, flags: 2 },
      ':\nrecipient: guest\naction: reset\nflags:\n\taction required: 0\n\trecursive: 1',
    ],
  ],
  'memory-device-size-change': [
    [{ alias: 'dimm0', size: 2n ** 40n }, ':\nalias: dimm0\nsize: 1099511627776'],
  ],
  'nic-mac-change': [
    [
      { alias: 'net0', oldMac: '52:54:00:00:00:01', newMac: '52:54:00:00:00:02' },
      ':\nalias: net0\noldMAC: 52:54:00:00:00:01\nnewMAC: 52:54:00:00:00:02',
    ],
  ],
  'vcpu-removed': [[{ vcpuId: 3 }, ': vcpu 3']],
  'channel-lifecycle': [
    [
      { channelName: 'org.qemu.guest_agent.0', state: 1, reason: 2 },
      ": channel name: 'org.qemu.guest_agent.0' state: 'connected' reason: 'channel event'",
    ],
  ],
};

const installed = installedEventTypes('domain');

describe('domain events of the scripted libvirtd, as virsh prints them', () => {
  const domain = { name: 'delta', uuid: 'de17a000-0000-4000-8000-000000000004', id: 2 ** 31 - 1 };
  let daemon: ScriptedLibvirtd;
  let virsh: Virsh;

  before(async () => {
    daemon = await ScriptedLibvirtd.start();
    virsh = new Virsh(daemon.uri, 'event', '--all', '--loop');
    await daemon.waitForRegistrations('domain', lastDomainEvent);
  });

  after(async () => {
    await virsh.stop();
    await daemon.close();
  });

  for (const type of (Object.keys(cases) as Type[]).filter((each) => installed.includes(each))) {
    it(`should be right for ${type}`, async () => {
      for (const [fields, words] of cases[type] as Cases<Type>) {
        virsh.output = '';
        expect(daemon.emit('domain', type, { domain, ...fields })).to.equal(1);
        // The next event is a fence: everything that virsh prints before it is about this one.
        daemon.emit('domain', 'rtc-change', { domain, offset: 123_456_789 });
        await virsh.prints(': 123456789\n');
        const [printed = ''] = virsh.output.split("event 'rtc-change' for domain 'delta': 123456789\n");
        expect(printed.split('\n').map(canonicalLine).join('\n')).to.equal(
          `event '${type}' for domain 'delta'${words}\n`,
        );
      }
    });
  }
});
