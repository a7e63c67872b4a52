import { expect } from 'chai';
import {
  encodeEvent,
  encodePacket,
  libvirtErrors,
  packetTypes,
  programs,
  ScriptedLibvirtd,
} from './index.js';
import { Virsh } from './virsh.js';

describe('faults of the scripted libvirtd', () => {
  let daemon: ScriptedLibvirtd;
  let virsh: Virsh;

  async function listening(...given: readonly string[]) {
    virsh = new Virsh(daemon.uri, ...given, 'event', '--event', 'reboot', '--loop');
    await daemon.waitForRegistrations('domain', 'reboot');
    const [client] = daemon.clients;
    if (!client) throw new Error('a registration has a client');
    await virsh.hears((attempt) => {
      const probe = { ...daemon.domains.get({ name: 'alpha' }), name: `probe-${attempt}` };
      daemon.emit('domain', 'reboot', { domain: probe });
      return `'${probe.name}'\n`;
    });
    return client;
  }

  function reboot(callbackId: number): Buffer {
    return encodeEvent('domain', 'reboot', { domain: daemon.domains.get({ name: 'alpha' }) }, callbackId);
  }

  beforeEach(async () => {
    daemon = await ScriptedLibvirtd.start();
  });

  afterEach(async () => {
    await virsh.stop();
    await daemon.close();
  });

  it('should answer a call with an error, so often as asked', async () => {
    const error = { code: 38, domain: 10, message: 'out of order', level: 2, str1: 'x', int1: -5 };
    daemon.faults.fail('domain-suspend', error, { times: 1 });
    virsh = new Virsh(daemon.uri, 'suspend', 'alpha');
    expect(await virsh.ends()).to.equal(1);
    expect(virsh.errors).to.contain('out of order');
    expect(daemon.domains.get({ name: 'alpha' }).state).to.equal('running');
    virsh = new Virsh(daemon.uri, 'suspend', 'alpha');
    expect(await virsh.ends()).to.equal(0);

    const always = daemon.faults.fail('domain-resume', error);
    for (const isCancelled of [false, false, true]) {
      if (isCancelled) always.cancel();
      virsh = new Virsh(daemon.uri, 'resume', 'alpha');
      expect(await virsh.ends()).to.equal(isCancelled ? 0 : 1);
    }
  });

  it('should hold a reply until released', async () => {
    const held = daemon.faults.hold('domain-suspend');
    virsh = new Virsh(daemon.uri, 'suspend', 'alpha');
    await daemon.waitFor('a held reply', () => held.waiting === 1 || undefined);
    expect(virsh.isRunning).to.equal(true);
    expect(virsh.output).to.equal('');
    held.release();
    expect(await virsh.ends()).to.equal(0);
    expect(held.waiting).to.equal(0);
  });

  it('should refuse an event as an older daemon does', async () => {
    const refusal = daemon.faults.refuseEvent('domain', 'reboot');
    virsh = new Virsh(daemon.uri, 'event', '--event', 'reboot');
    expect(await virsh.ends()).to.equal(1);
    expect(virsh.errors).to.contain('unsupported event ID 1');
    daemon.faults.refuseEvent('domain', 'reboot', libvirtErrors.unknownProcedure(316));
    virsh = new Virsh(daemon.uri, 'event', '--event', 'reboot');
    await virsh.ends();
    expect(virsh.errors).to.contain('unknown procedure: 316');
    refusal.cancel();
    await listening();
  });

  it('should drop a client', async () => {
    (await listening()).drop();
    await virsh.prints('due to end of file');
    await daemon.waitForClients(0);
    expect(daemon.registrations).to.deep.equal([]);
  });

  it('should send half a message and close', async () => {
    await (await listening()).sendHalf(reboot(1));
    // virsh adds a reason: the end of file, or an I/O error if it finds first that the socket is closed.
    await virsh.prints('Disconnected from');
    expect(virsh.output).not.to.contain("event 'reboot'");
  });

  it('should send garbage', async () => {
    await (await listening()).sendGarbage();
    await virsh.prints('Disconnected from');
    await daemon.waitForClients(0);
  });

  it('should send a message that no client knows, which libvirt only logs', async () => {
    const client = await listening();
    const header = { program: programs.remote, procedure: 7777, type: packetTypes.message };
    await client.send(encodePacket(header));
    daemon.emit('domain', 'reboot', { domain: daemon.domains.get({ name: 'alpha' }) });
    await virsh.prints("event 'reboot' for domain 'alpha'\n");
    await virsh.prints('No event expected with procedure 0x1e61');
  });

  it('should send an event that is too short, which libvirt only logs', async () => {
    const client = await listening();
    const header = { program: programs.remote, procedure: 319, type: packetTypes.message };
    await client.send(encodePacket(header, Buffer.from('00000001', 'hex')));
    daemon.emit('domain', 'reboot', { domain: daemon.domains.get({ name: 'alpha' }) });
    await virsh.prints("event 'reboot' for domain 'alpha'\n");
    expect(virsh.output.match(/reboot/g)).to.have.length(1);
  });

  it('should stop to answer keepalive', async () => {
    const client = await listening('-k', '1', '-K', '1');
    client.answersKeepAlive = false;
    await virsh.prints('due to keepalive timeout');
    expect(client.keepAlive.pings).to.be.greaterThan(0);
  });

  it('should go deaf', async () => {
    const client = await listening('-k', '1', '-K', '1');
    const { pings } = client.keepAlive;
    client.setDeaf(true);
    await virsh.prints('due to keepalive timeout');
    expect(client.keepAlive.pings).to.equal(pings);
    // Nobody reads this socket, so nobody notices when its other end closes.
    client.drop();
  });

  it('should send events that nobody registered for', async () => {
    await listening();
    const domain = daemon.domains.get({ name: 'beta' });
    expect(daemon.emit('domain', 'reboot', { domain }, { to: 4711 })).to.equal(1);
    const registered = daemon.registrations.find(({ family }) => family === 'domain');
    await daemon.clients[0]?.send(reboot(registered?.callbackId ?? 0));
    await virsh.prints("event 'reboot' for domain 'alpha'\n");
    expect(virsh.output).not.to.contain('beta');
  });

  it('should pretend to be a daemon with fewer features', async () => {
    await daemon.close();
    daemon = await ScriptedLibvirtd.start({ features: ['eventCallbacks'] });
    virsh = new Virsh(daemon.uri, 'event', '--event', 'reboot', '--loop');
    await daemon.waitForRegistrations('domain', 'reboot');
    expect(daemon.registrations.map(({ family }) => family)).to.deep.equal(['domain']);
    expect(daemon.calls.some(({ procedure }) => procedure === 'connect-register-close-callback')).to.equal(
      false,
    );
  });
});
