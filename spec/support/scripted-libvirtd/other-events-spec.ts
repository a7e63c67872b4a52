import { expect } from 'chai';
import { ScriptedLibvirtd } from './index.js';
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
    daemon.emit('network', 'lifecycle', { network, event: 3, detail: 0 });
    daemon.emit('network', 'lifecycle', { network, event: 4, detail: 0 });
    await virsh.prints("event 'lifecycle' for network lan: unknown\n");
    expect(virsh.output).to.match(/^event 'lifecycle' for network lan: Stopped\n/);
  });

  it('should be right for storage pools', async () => {
    const pool = { name: 'images', uuid: '9001a000-0000-4000-8000-000000000001' };
    virsh = new Virsh(daemon.uri, 'pool-event', '--event', 'lifecycle', '--loop');
    await daemon.waitForRegistrations('storage-pool', 'lifecycle');
    daemon.emit('storage-pool', 'lifecycle', { pool, event: 5, detail: 0 });
    await virsh.prints("event 'lifecycle' for storage pool images: Deleted\n");
    await virsh.stop();

    virsh = new Virsh(daemon.uri, 'pool-event', '--event', 'refresh', '--loop');
    await daemon.waitForRegistrations('storage-pool', 'refresh');
    daemon.emit('storage-pool', 'refresh', { pool });
    await virsh.prints("event 'refresh' for storage pool images\n");
  });

  it('should be right for node devices', async () => {
    const device = { name: 'pci_0000_00_02_0' };
    virsh = new Virsh(daemon.uri, 'nodedev-event', '--event', 'lifecycle', '--loop');
    await daemon.waitForRegistrations('node-device', 'lifecycle');
    daemon.emit('node-device', 'lifecycle', { device, event: 2, detail: 0 });
    await virsh.prints("event 'lifecycle' for node device pci_0000_00_02_0: Defined\n");
    await virsh.stop();

    virsh = new Virsh(daemon.uri, 'nodedev-event', '--event', 'update', '--loop');
    await daemon.waitForRegistrations('node-device', 'update');
    daemon.emit('node-device', 'update', { device });
    await virsh.prints("event 'update' for node device pci_0000_00_02_0\n");
  });

  it('should be right for secrets', async () => {
    const secret = { uuid: '5ec40000-0000-4000-8000-00000000abcd', usageType: 2, usageId: 'ceph' };
    virsh = new Virsh(daemon.uri, 'secret-event', '--event', 'lifecycle', '--loop');
    await daemon.waitForRegistrations('secret', 'lifecycle');
    daemon.emit('secret', 'lifecycle', { secret, event: 1, detail: 0 });
    await virsh.prints(`event 'lifecycle' for secret ${secret.uuid}: Undefined\n`);
    await virsh.stop();

    virsh = new Virsh(daemon.uri, 'secret-event', '--event', 'value-changed', '--loop');
    await daemon.waitForRegistrations('secret', 'value-changed');
    daemon.emit('secret', 'value-changed', { secret });
    await virsh.prints(`event 'value-changed' for secret ${secret.uuid}\n`);
  });

  it("should be right for QEMU's monitor", async () => {
    const domain = daemon.domains.get({ name: 'alpha' });
    const seconds = -(2n ** 63n);
    virsh = new Virsh(daemon.uri, 'qemu-monitor-event', '--loop');
    await daemon.waitForRegistrations('qemu-monitor', 'event');
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
    await daemon.waitForRegistrations('domain', 'memory-device-size-change');
    daemon.emit('domain', 'reboot', { domain: daemon.domains.get({ name: 'beta' }) });
    expect(await virsh.ends()).to.equal(0);
    expect(virsh.output).to.match(/^20\d\d-[\d-]+ [\d:.]+\+0000: event 'reboot' for domain 'beta'\n/);
  });
});
