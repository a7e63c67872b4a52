import { expect } from 'chai';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { connect, createServer, Socket } from 'node:net';
import { Connection, type Domain } from '../../lib/index.js';
import { isAtLeast } from '../support/installed/installed-libvirt.js';
import { requireLibvirt } from '../support/installed/require-libvirt.js';
import { showLogOnFailure } from '../support/libvirtd/show-log.js';
import { vncXml } from '../support/qemu/domain-xml.js';
import { firstEvent } from '../support/qemu/first-event.js';
import { Guest } from '../support/qemu/guest.js';
import { QemuHost } from '../support/qemu/qemu-host.js';
import { requireQemu } from '../support/qemu/require-qemu.js';
import { rejection } from '../support/rejection.js';

describe('a domain of QEMU', () => {
  requireQemu();
  let host: QemuHost;
  let connection: Connection;
  let guest: Guest;
  let domain: Domain;
  showLogOnFailure(() => host);

  before(async () => {
    host = await QemuHost.start();
    connection = await Connection.open(host.uri);
    guest = new Guest(host, 'vnc');
    await guest.createPaused({ devices: [vncXml(guest.path('vnc.sock'))] });
    domain = await connection.lookupDomainByName('vnc');
  });
  after(async () => {
    await connection.close();
    await host.stop();
  });

  it('should be well, without messages, labels and secrets', async () => {
    expect(await domain.controlInfo()).to.deep.equal({ state: 'ok', error: 'none', stateTimeMs: 0 });
    if (isAtLeast(7, 1)) expect(await domain.messages()).to.deep.equal([]);
    expect(await domain.securityLabels()).to.deep.equal([{ label: '', enforcing: false }]);
    expect(await domain.launchSecurityInfo()).to.deep.equal({});
  });

  it('should answer through its monitor, and be tainted then', async () => {
    const answer = JSON.parse(await domain.qemuMonitorCommand('{"execute": "query-status"}')) as {
      return: { running: boolean };
    };
    expect(answer.return.running).to.equal(false);
    expect(await domain.qemuMonitorCommand('info status', { hmp: true })).to.match(/^VM status: paused/);
    if (!isAtLeast(7, 1)) return;
    const [message, ...others] = await domain.messages({ tainting: true });
    expect(message).to.match(/custom monitor/);
    expect(others).to.deep.equal([]);
    expect(await domain.messages({ deprecation: true })).to.deep.equal([]);
  });

  it('should take files through its monitor, of which the caller may close its own', async function () {
    requireLibvirt(this, 8, 2);
    const fd = openSync(guest.write('file', 'content'), 'r');
    const adding = domain.qemuMonitorCommandWithFiles('{"execute": "add-fd"}', [fd]);
    closeSync(fd);
    const { answer, files } = await adding;
    expect(files).to.deep.equal([]);
    const added = JSON.parse(answer) as { return: { fd: number } };
    expect(readFileSync(`/proc/${guest.emulatorPid}/fd/${added.return.fd}`, 'utf8')).to.equal('content');
  });

  it('should know files by a name', async function () {
    requireLibvirt(this, 9, 0);
    const fd = openSync(guest.write('file', 'content'), 'r');
    const associating = domain.fdAssociate('disk', [fd, fd], { seclabelRestore: true });
    closeSync(fd);
    await associating;
  });

  it('should connect clients to its display, by a socket that the caller owns', async () => {
    const fd = await domain.openGraphicsFd(0, { skipAuth: true });
    const socket = new Socket({ fd });
    const [greeting] = (await once(socket, 'data')) as [Buffer];
    expect(String(greeting)).to.match(/^RFB 003\.\d{3}\n$/);
    const closed = once(socket, 'close');
    socket.destroy();
    await closed;
    expect(await rejection(domain.openGraphicsFd(7))).to.include({ call: 'virDomainOpenGraphicsFD' });
  });

  it('should connect a socket of the caller to its display', async () => {
    const server = createServer();
    server.listen(host.directory.join('pair.sock'));
    await once(server, 'listening');
    const client = connect(host.directory.join('pair.sock'));
    const [[other]] = (await Promise.all([once(server, 'connection'), once(client, 'connect')])) as [
      [Socket],
      unknown,
    ];
    const { fd } = (client as unknown as { readonly _handle: { readonly fd: number } })._handle;
    await domain.openGraphics(0, fd, { skipAuth: true });
    client.destroy();
    const [greeting] = (await once(other, 'data')) as [Buffer];
    expect(String(greeting)).to.match(/^RFB 003/);
    other.destroy();
    server.close();
    await once(server, 'close');
  });

  it('should take non-maskable interrupts and keys', async () => {
    await domain.injectNmi();
    await domain.sendKey([29, 56, 111], { holdTimeMs: 1 });
    expect(await rejection(domain.sendKey([1], { codeset: 'usb' }))).to.have.property('code');
  });

  it('should be woken up when it has suspended itself', async () => {
    await using sleeper = new Guest(host, 'sleeper');
    await sleeper.createPaused({ program: 'suspendToMemory', acpi: true });
    const sleeping = await connection.lookupDomainByName('sleeper');
    expect(await rejection(sleeping.pmWakeup())).to.include({ call: 'virDomainPMWakeup' });
    const act = () => sleeping.resume();
    await firstEvent(connection, sleeping, 'pm-suspend', () => true, act);
    await firstEvent(
      connection,
      sleeping,
      'pm-wakeup',
      () => true,
      () => sleeping.pmWakeup(),
    );
  });

  it('should not take files for its first process', async () => {
    const fd = openSync('/dev/null', 'r');
    expect(await rejection(domain.create({ files: [fd] }))).to.include({
      code: 'VIR_ERR_NO_SUPPORT',
      call: 'virDomainCreateWithFiles',
    });
    closeSync(fd);
  });
});
