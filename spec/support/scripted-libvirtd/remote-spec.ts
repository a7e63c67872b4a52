import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect } from 'chai';
import { RemoteScriptedLibvirtd } from './index.js';
import { Virsh } from './virsh.js';

async function rejection(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    return String(error);
  }
  throw new Error('a rejection was expected');
}

describe('the scripted libvirtd in a process of its own', () => {
  const domain = { name: 'delta', uuid: Buffer.alloc(16, 1), id: 4 };
  let daemon: RemoteScriptedLibvirtd;
  let virsh: Virsh | undefined;

  /** A virsh that has already received an event of this type. */
  async function listening(event: 'reboot' | 'balloon-change' | 'lifecycle'): Promise<Virsh> {
    const listener = new Virsh(daemon.uri, 'event', '--event', event, '--loop');
    virsh = listener;
    await daemon.call('waitForRegistrations', 'domain', event);
    await listener.hears(async (attempt) => {
      const probe = { ...domain, name: `probe-${attempt}` };
      if (event === 'reboot') await daemon.emit('domain', event, { domain: probe });
      if (event === 'balloon-change') await daemon.emit('domain', event, { domain: probe, actual: 0 });
      if (event === 'lifecycle') await daemon.emit('domain', event, { domain: probe, event: 0, detail: 0 });
      return `'${probe.name}'`;
    });
    return listener;
  }

  beforeEach(async () => {
    daemon = await RemoteScriptedLibvirtd.start();
  });

  afterEach(async () => {
    await virsh?.stop();
    virsh = undefined;
    await daemon.close();
    expect(existsSync(dirname(daemon.socketPath))).to.equal(false);
  });

  it('should send events, bigint and bytes included', async () => {
    const listener = await listening('balloon-change');
    expect(await daemon.emit('domain', 'balloon-change', { domain, actual: 2n ** 64n - 1n })).to.equal(1);
    await listener.prints("for domain 'delta': 18446744073709551615KiB");
  });

  it('should flood', async () => {
    const listener = await listening('lifecycle');
    expect(await daemon.call('flood', 'all', { count: 3000 })).to.deep.equal({
      sent: 3000,
      isComplete: true,
    });
    await listener.prints('Stopped Failed');
    expect(listener.output.split('\n').filter((line) => line.includes('flood-0'))).to.have.length(3001);
  });

  it('should show what clients do, and do faults', async () => {
    await daemon.call('fail', 'connect-get-hostname', { code: 1, message: 'nameless' }, { times: 1 });
    const failing = new Virsh(daemon.uri, 'hostname');
    expect(await failing.ends()).to.equal(1);
    expect(failing.errors).to.contain('nameless');
    await daemon.call('hold', 'connect-get-hostname');
    const held = new Virsh(daemon.uri, 'hostname');
    await daemon.call('waitForCalls', 'connect-get-hostname', 2);
    expect(held.isRunning).to.equal(true);
    await daemon.call('release', 'connect-get-hostname');
    expect(await held.ends()).to.equal(0);

    const listener = await listening('reboot');
    const [, registered] = await daemon.call('registrations');
    expect(registered).to.include({ family: 'domain', type: 'reboot', eventId: 1 });
    expect((await daemon.call('calls')).at(-1)?.procedure).to.equal(
      'connect-domain-event-callback-register-any',
    );
    await daemon.call('dropClients');
    await listener.prints('due to end of file');
    expect(await daemon.call('waitForClients', 0)).to.deep.equal([]);
  });

  it('should reject a command that cannot be done', async () => {
    expect(await rejection(daemon.call('flood', 4711, { count: 1 }))).to.contain('no callback to flood');
    expect(await rejection(daemon.call('nonsense' as never))).to.contain('no such command');
  });

  it('should reject what waits when its process is killed, and be replaced', async () => {
    const waiting = rejection(daemon.call('waitForClients', 99));
    await daemon.kill();
    expect(await waiting).to.contain('ended');
    expect(await rejection(daemon.call('calls'))).to.contain('ended');
    const successor = await RemoteScriptedLibvirtd.start({ socketPath: daemon.socketPath });
    const lister = new Virsh(daemon.uri, 'list', '--name');
    expect(await lister.ends()).to.equal(0);
    await successor.close();
  });

  it('should stand still when frozen', async () => {
    virsh = new Virsh(daemon.uri, '-k', '1', '-K', '1', 'event', '--event', 'reboot', '--loop');
    await daemon.call('waitForRegistrations', 'domain', 'reboot');
    daemon.setFrozen(true);
    await virsh.prints('due to keepalive timeout');
  });
});
