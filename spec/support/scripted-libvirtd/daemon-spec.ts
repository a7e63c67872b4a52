import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect } from 'chai';
import { ScriptedLibvirtd } from './index.js';
import { installedEventCount, lastDomainEvent } from '../installed/installed-libvirt.js';
import { Virsh } from './virsh.js';

describe('the scripted libvirtd', () => {
  const running: Virsh[] = [];
  let daemon: ScriptedLibvirtd;

  function virsh(...given: readonly string[]): Virsh {
    const started = new Virsh(daemon.uri, ...given);
    running.push(started);
    return started;
  }

  async function printed(...given: readonly string[]): Promise<string> {
    const ended = virsh(...given);
    const code = await ended.ends();
    return `${code} ${(ended.output + ended.errors).trim()}`;
  }

  beforeEach(async () => {
    daemon = await ScriptedLibvirtd.start();
  });

  afterEach(async () => {
    await Promise.all(running.splice(0).map((each) => each.stop()));
    await daemon.close();
  });

  it('should list its domains and their states', async () => {
    expect(await printed('list', '--all')).to.match(
      /^0 .*\n-+\n 1 +alpha +running\n 2 +beta +running\n - +gamma +shut off$/,
    );
    expect(await printed('list', '--inactive', '--name')).to.equal('0 gamma');
    expect(await printed('domstate', 'gamma')).to.equal('0 shut off');
  });

  it('should find domains by name, UUID and id', async () => {
    const { uuid } = daemon.domains.get({ name: 'beta' });
    expect(await printed('domuuid', 'beta')).to.equal(`0 ${uuid}`);
    expect(await printed('domname', uuid)).to.equal('0 beta');
    expect(await printed('domname', '2')).to.equal('0 beta');
    expect(await printed('domid', 'nobody')).to.equal("1 error: failed to get domain 'nobody'");
    expect(await printed('dumpxml', 'beta')).to.contain(`<uuid>${uuid}</uuid>`);
  });

  it('should change the state of a domain and tell those who listen', async () => {
    const listener = virsh('event', '--event', 'lifecycle', '--loop');
    await daemon.waitForRegistrations('domain', 'lifecycle');
    await listener.hears((attempt) => {
      const probe = { ...daemon.domains.get({ name: 'alpha' }), name: `probe-${attempt}` };
      daemon.emit('domain', 'lifecycle', { domain: probe, event: 0, detail: 0 });
      return `'${probe.name}': Defined Added\n`;
    });
    expect(await printed('suspend', 'alpha')).to.equal("0 Domain 'alpha' suspended");
    expect(daemon.domains.get({ name: 'alpha' }).state).to.equal('paused');
    expect(await printed('suspend', 'alpha')).to.match(/^1 .*domain 'alpha' is paused/s);
    await printed('resume', 'alpha');
    await printed('start', 'gamma');
    expect(daemon.domains.get({ id: 3 }).name).to.equal('gamma');
    await printed('shutdown', 'beta');
    await printed('destroy', 'gamma');
    await printed('undefine', 'gamma');
    await listener.prints("'gamma': Undefined");
    expect(listener.output.trim().split('\n')).to.deep.equal([
      "event 'lifecycle' for domain 'alpha': Suspended Paused",
      "event 'lifecycle' for domain 'alpha': Resumed Unpaused",
      "event 'lifecycle' for domain 'gamma': Started Booted",
      "event 'lifecycle' for domain 'beta': Stopped Shutdown",
      "event 'lifecycle' for domain 'gamma': Stopped Destroyed",
      "event 'lifecycle' for domain 'gamma': Undefined Removed",
    ]);
    expect(daemon.domains.all.map(({ name }) => name)).to.deep.equal(['alpha', 'beta']);
  });

  it('should say what it cannot do', async () => {
    expect(await printed('vol-list', '--pool', 'default')).to.match(/^1 .*not supported.*: procedure-\d+$/s);
    expect(await printed('hostname')).to.equal('0 scripted');
  });

  it('should send events of one object only to those who asked for it or for all', async () => {
    const [alpha, beta] = [daemon.domains.get({ name: 'alpha' }), daemon.domains.get({ name: 'beta' })];
    const ofAlpha = virsh('event', '--event', 'reboot', '--domain', 'alpha', '--loop');
    const ofAll = virsh('event', '--event', 'reboot', '--loop');
    const registrations = await daemon.waitForRegistrations('domain', 'reboot', 2);
    expect(registrations.map(({ object }) => object)).to.have.members([alpha.uuid, undefined]);
    // The order matters: probes for the first one reach both of them, and probes for the second one reach only the
    // second.
    for (const [listener, domain] of [
      [ofAlpha, alpha],
      [ofAll, beta],
    ] as const) {
      await listener.hears((attempt) => {
        const probe = { ...domain, name: `${domain.uuid}-${attempt}` };
        daemon.emit('domain', 'reboot', { domain: probe });
        return probe.name;
      });
    }
    expect(daemon.emit('domain', 'reboot', { domain: beta })).to.equal(1);
    expect(daemon.emit('domain', 'reboot', { domain: alpha })).to.equal(2);
    await Promise.all([ofAlpha, ofAll].map((each) => each.prints("'alpha'")));
    expect(ofAlpha.output).not.to.contain('beta');
    expect(ofAll.output).to.match(/'beta'\n.*'alpha'/);
    expect(daemon.emit('domain', 'reboot', { domain: beta }, { to: 'all' })).to.equal(2);
  });

  it('should filter by network, pool, device, secret and monitor event as well', async () => {
    const secret = '5ec40000-0000-4000-8000-000000000001';
    virsh('net-event', '--event', 'lifecycle', '--network', 'default', '--loop');
    virsh('pool-event', '--event', 'refresh', '--pool', 'default', '--loop');
    virsh('nodedev-event', '--event', 'update', '--device', 'computer', '--loop');
    virsh('secret-event', '--event', 'value-changed', '--secret', secret, '--loop');
    virsh('qemu-monitor-event', '--event', 'stop', '--no-case', '--loop');
    await daemon.waitForRegistrations('network', 'lifecycle');
    await daemon.waitForRegistrations('storage-pool', 'refresh');
    await daemon.waitForRegistrations('node-device', 'update');
    await daemon.waitForRegistrations('secret', 'value-changed');
    await daemon.waitForRegistrations('qemu-monitor', 'event');
    const other = { name: 'other', uuid: Buffer.alloc(16) };
    const [network] = daemon.inventory.networks;
    const [domain] = daemon.domains.all;
    if (!network || !domain) throw new Error('the daemon starts with a network and with domains');
    const monitorEvent = { domain, seconds: 0, micros: 0, details: null };
    expect([
      daemon.emit('network', 'lifecycle', { network: other, event: 0, detail: 0 }),
      daemon.emit('network', 'lifecycle', { network, event: 0, detail: 0 }),
      daemon.emit('storage-pool', 'refresh', { pool: other }),
      daemon.emit('node-device', 'update', { device: other }),
      daemon.emit('node-device', 'update', { device: { name: 'computer' } }),
      daemon.emit('secret', 'value-changed', { secret: { uuid: other.uuid, usageType: 0, usageId: '' } }),
      daemon.emit('secret', 'value-changed', { secret: { uuid: secret, usageType: 0, usageId: '' } }),
      daemon.emit('qemu-monitor', 'event', { ...monitorEvent, event: 'STOPPED' }),
      daemon.emit('qemu-monitor', 'event', { ...monitorEvent, event: 'STOP' }),
    ]).to.deep.equal([0, 1, 0, 0, 1, 0, 1, 0, 1]);
  });

  it('should record calls, and forget the registrations of a client that is gone', async () => {
    const count = installedEventCount('domain');
    const listener = virsh('event', '--all', '--loop');
    await daemon.waitForRegistrations('domain', lastDomainEvent);
    expect(daemon.registrations.filter(({ family }) => family === 'domain')).to.have.length(count);
    expect(daemon.calls.map(({ procedure }) => procedure)).to.include.members(['auth-list', 'connect-open']);
    await listener.stop();
    await daemon.waitForCalls('connect-domain-event-callback-deregister-any', count);
    await daemon.waitForClients(0);
    await daemon.waitForNoRegistrations();
  });

  it('should answer and ask keepalive', async () => {
    virsh('-k', '1', '-K', '30', 'event', '--event', 'reboot', '--loop');
    await daemon.waitForRegistrations('domain', 'reboot');
    const [client] = daemon.clients;
    client?.ping();
    await daemon.waitFor('a pong and a ping', () =>
      client && client.keepAlive.pongs > 0 && client.keepAlive.pings > 0 ? client : undefined,
    );
  });

  it('should leave nothing behind, and let another take its place', async () => {
    const { socketPath } = daemon;
    await daemon.close();
    expect(existsSync(dirname(socketPath))).to.equal(false);
    daemon = await ScriptedLibvirtd.start();
    const successor = { socketPath: `${daemon.socketPath}-2` };
    const first = await ScriptedLibvirtd.start(successor);
    await first.close();
    const second = await ScriptedLibvirtd.start(successor);
    const lister = new Virsh(second.uri, 'list', '--name');
    expect(await lister.ends()).to.equal(0);
    await second.close();
    expect(existsSync(successor.socketPath)).to.equal(false);
  });
});
