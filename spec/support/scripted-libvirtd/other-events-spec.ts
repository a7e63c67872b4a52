import { expect } from 'chai';
import { ScriptedLibvirtd } from './index.js';
import { lastDomainEvent } from '../installed/installed-libvirt.js';
import { Virsh } from './virsh.js';

describe('other events of the scripted libvirtd, as virsh prints them', () => {
  let daemon: ScriptedLibvirtd;
  let virsh: Virsh;

  beforeEach(async () => {
    daemon = await ScriptedLibvirtd.start();
  });

  afterEach(async () => {
    await virsh.stop();
    await daemon.close();
  });

  it('should be right for networks', async () => {
    const network = { name: 'lan', uuid: '1a900000-0000-4000-8000-000000000001' };
    virsh = new Virsh(daemon.uri, 'net-event', '--event', 'lifecycle', '--loop');
    await daemon.waitForRegistrations('network', 'lifecycle');
    await virsh.hears((attempt) => {
      const name = `probe-${attempt}`;
      daemon.emit('network', 'lifecycle', { network: { ...network, name }, event: 0, detail: 0 });
      return `event 'lifecycle' for network ${name}: Defined\n`;
    });
    daemon.emit('network', 'lifecycle', { network, event: 3, detail: 0 });
    daemon.emit('network', 'lifecycle', { network, event: 4, detail: 0 });
    await virsh.prints("event 'lifecycle' for network lan: unknown\n");
    expect(virsh.output).to.match(/^event 'lifecycle' for network lan: Stopped\n/);
  });

  it('should be right for storage pools', async () => {
    const pool = { name: 'images', uuid: '9001a000-0000-4000-8000-000000000001' };
    virsh = new Virsh(daemon.uri, 'pool-event', '--event', 'lifecycle', '--loop');
    await daemon.waitForRegistrations('storage-pool', 'lifecycle');
    await virsh.hears((attempt) => {
      const name = `images-${attempt}`;
      daemon.emit('storage-pool', 'lifecycle', { pool: { ...pool, name }, event: 5, detail: 0 });
      return `event 'lifecycle' for storage pool ${name}: Deleted\n`;
    });
    await virsh.stop();

    virsh = new Virsh(daemon.uri, 'pool-event', '--event', 'refresh', '--loop');
    await daemon.waitForRegistrations('storage-pool', 'refresh');
    await virsh.hears((attempt) => {
      const name = `images-${attempt}`;
      daemon.emit('storage-pool', 'refresh', { pool: { ...pool, name } });
      return `event 'refresh' for storage pool ${name}\n`;
    });
  });

  it('should be right for node devices', async () => {
    virsh = new Virsh(daemon.uri, 'nodedev-event', '--event', 'lifecycle', '--loop');
    await daemon.waitForRegistrations('node-device', 'lifecycle');
    await virsh.hears((attempt) => {
      const device = { name: `pci_${attempt}` };
      daemon.emit('node-device', 'lifecycle', { device, event: 0, detail: 0 });
      return `event 'lifecycle' for node device ${device.name}: Created\n`;
    });
    await virsh.stop();

    virsh = new Virsh(daemon.uri, 'nodedev-event', '--event', 'update', '--loop');
    await daemon.waitForRegistrations('node-device', 'update');
    await virsh.hears((attempt) => {
      const device = { name: `pci_${attempt}` };
      daemon.emit('node-device', 'update', { device });
      return `event 'update' for node device ${device.name}\n`;
    });
  });

  it('should be right for secrets', async () => {
    const secretOf = (attempt: number) => {
      const uuid = `5ec40000-0000-4000-8000-0000000${attempt + 10_000}`;
      return { uuid, usageType: 2, usageId: 'ceph' };
    };
    virsh = new Virsh(daemon.uri, 'secret-event', '--event', 'lifecycle', '--loop');
    await daemon.waitForRegistrations('secret', 'lifecycle');
    await virsh.hears((attempt) => {
      const secret = secretOf(attempt);
      daemon.emit('secret', 'lifecycle', { secret, event: 1, detail: 0 });
      return `event 'lifecycle' for secret ${secret.uuid}: Undefined\n`;
    });
    await virsh.stop();

    virsh = new Virsh(daemon.uri, 'secret-event', '--event', 'value-changed', '--loop');
    await daemon.waitForRegistrations('secret', 'value-changed');
    await virsh.hears((attempt) => {
      const secret = secretOf(attempt);
      daemon.emit('secret', 'value-changed', { secret });
      return `event 'value-changed' for secret ${secret.uuid}\n`;
    });
  });

  it("should be right for QEMU's monitor", async () => {
    const domain = daemon.domains.get({ name: 'alpha' });
    const seconds = -(2n ** 63n);
    virsh = new Virsh(daemon.uri, 'qemu-monitor-event', '--loop');
    await daemon.waitForRegistrations('qemu-monitor', 'event');
    await virsh.hears((attempt) => {
      const event = `PROBE-${attempt}`;
      daemon.emit('qemu-monitor', 'event', { domain, event, seconds: 0, micros: 0, details: null });
      return `event ${event} at 0.000000 for domain 'alpha': <null>\n`;
    });
    const details = '{"reason":"guest-reset"}';
    daemon.emit('qemu-monitor', 'event', { domain, event: 'RESET', seconds: 1, micros: 20, details });
    daemon.emit('qemu-monitor', 'event', { domain, event: 'STOP', seconds, micros: 0, details: null });
    await virsh.prints("event STOP at -9223372036854775808.000000 for domain 'alpha': <null>\n");
    expect(virsh.output).to.match(
      /^event RESET at 1\.000020 for domain 'alpha': \{"reason":"guest-reset"\}\n/,
    );
  });

  for (const [reason, words] of [
    [0, 'I/O error'],
    [1, 'end of file'],
    [2, 'keepalive timeout'],
  ] as const) {
    it(`should be right for a connection closed by ${words}`, async () => {
      virsh = new Virsh(daemon.uri, 'event', '--event', 'reboot', '--loop');
      await daemon.waitForRegistrations('domain', 'reboot');
      expect(daemon.emit('connection', 'closed', { reason })).to.equal(1);
      await virsh.prints(`due to ${words}`);
    });
  }

  it('should carry a time when virsh is asked for it', async () => {
    virsh = new Virsh(daemon.uri, 'event', '--all', '--timestamp');
    await daemon.waitForRegistrations('domain', lastDomainEvent);
    daemon.emit('domain', 'reboot', { domain: daemon.domains.get({ name: 'beta' }) });
    expect(await virsh.ends()).to.equal(0);
    expect(virsh.output).to.match(/^20\d\d-[\d-]+ [\d:.]+\+0000: event 'reboot' for domain 'beta'\n/);
  });
});
