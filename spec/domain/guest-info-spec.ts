import { expect } from 'chai';
import type { Domain } from '../../lib/index.js';
import { requireLibvirt } from '../support/installed/require-libvirt.js';
import { isAtLeast } from '../support/installed/installed-libvirt.js';
import { showLogOnFailure } from '../support/libvirtd/show-log.js';
import type { FakeAgent } from '../support/qemu/fake-agent.js';
import { GuestWithAgent } from '../support/qemu/guest-with-agent.js';
import { requireQemu } from '../support/qemu/require-qemu.js';
import { rejection } from '../support/rejection.js';

describe('what the agent of a guest tells', () => {
  requireQemu();
  let guest: GuestWithAgent;
  let agent: FakeAgent;
  let domain: Domain;
  showLogOnFailure(() => guest.host);

  before(async () => {
    guest = await GuestWithAgent.start();
    ({ agent, domain } = guest);
  });
  beforeEach(() => {
    agent.asked.length = 0;
    agent.answers.clear();
  });
  after(() => guest[Symbol.asyncDispose]());

  it('should tell the guest’s file systems, with their disks', async () => {
    agent.answers.set('guest-get-fsinfo', JSON.stringify([rootFileSystem]));
    expect(await domain.fsInfo()).to.deep.equal([
      { mountpoint: '/', name: 'vda1', type: 'ext4', devices: ['vda'] },
    ]);
  });

  it('should tell only what it was asked for', async () => {
    agent.answers.set('guest-get-timezone', '{"zone": "CET", "offset": 3600}');
    agent.answers.set('guest-get-host-name', '{"host-name": "webserver"}');
    expect(await domain.guestInfo({ timezone: true, hostname: true, os: false })).to.deep.equal({
      timezone: { name: 'CET', offsetSeconds: 3600 },
      hostname: 'webserver',
    });
    expect(agent.asked.map(({ execute }) => execute)).to.have.members([
      'guest-get-timezone',
      'guest-get-host-name',
    ]);
    expect(await rejection(domain.guestInfo({ users: true }))).to.include({ call: 'virDomainGetGuestInfo' });
  });

  it('should tell all that it can tell, as plain objects', async function () {
    requireLibvirt(this, 9, 0);
    agent.answers.set('guest-get-users', '[{"user": "ann", "login-time": 1700000000.5}]');
    agent.answers.set('guest-get-osinfo', '{"id": "debian", "kernel-release": "6.1", "machine": "x86_64"}');
    agent.answers.set('guest-get-fsinfo', JSON.stringify([rootFileSystem]));
    agent.answers.set(
      'guest-get-disks',
      JSON.stringify([
        { name: '/dev/vda1', partition: true, dependencies: ['/dev/vda'] },
        { name: '/dev/vda', partition: false, address: rootFileSystem.disk[0], alias: 'root' },
      ]),
    );
    agent.answers.set(
      'guest-network-get-interfaces',
      JSON.stringify([
        {
          name: 'eth0',
          'hardware-address': '52:54:00:00:00:01',
          'ip-addresses': [{ 'ip-address': '10.0.0.2', 'ip-address-type': 'ipv4', prefix: 24 }],
        },
      ]),
    );
    const info = await domain.guestInfo();
    expect(info.users).to.deep.equal([{ name: 'ann', domain: null, loginTimeMs: 1_700_000_000_500 }]);
    expect(info.os).to.include({ id: 'debian', kernelRelease: '6.1', machine: 'x86_64', variant: null });
    expect(info.fileSystems).to.deep.equal([
      {
        mountpoint: '/',
        name: 'vda1',
        type: 'ext4',
        totalBytes: 2 ** 42,
        usedBytes: 2 ** 41,
        disks: [{ alias: 'vda', serial: 'S1', device: '/dev/vda1' }],
      },
    ]);
    expect(info.disks).to.deep.equal([
      {
        name: '/dev/vda1',
        partition: true,
        dependencies: ['/dev/vda'],
        serial: null,
        alias: null,
        guestAlias: null,
        guestBus: null,
      },
      {
        name: '/dev/vda',
        partition: false,
        dependencies: [],
        serial: 'S1',
        alias: 'vda',
        guestAlias: 'root',
        // libvirt 9.0 doesn't tell it.
        guestBus: isAtLeast(11, 2) ? 'virtio' : null,
      },
    ]);
    expect(info.interfaces).to.deep.equal([
      {
        name: 'eth0',
        hwaddr: '52:54:00:00:00:01',
        addresses: [{ type: 'ipv4', address: '10.0.0.2', prefix: 24 }],
      },
    ]);
    expect(info).to.not.have.any.keys('timezone', 'hostname', 'load');
  });
});

/** What the agent says of a file system on the disk vda. */
const rootFileSystem = {
  name: 'vda1',
  mountpoint: '/',
  type: 'ext4',
  'total-bytes': 2 ** 42,
  'used-bytes': 2 ** 41,
  disk: [
    {
      serial: 'S1',
      'bus-type': 'virtio',
      bus: 0,
      unit: 0,
      target: 0,
      'pci-controller': { domain: 0, bus: 0, slot: 9, function: 0 },
      dev: '/dev/vda1',
    },
  ],
};
