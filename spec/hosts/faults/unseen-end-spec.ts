import { expect } from 'chai';
import { filter, firstValueFrom } from 'rxjs';
import { watch } from '../../../lib/index.js';
import { Listener } from '../../support/connection/listener.js';
import { beBusy } from '../../support/connection/several-connections.js';
import { quick } from '../../support/hosts/quick.js';
import { PrivateLibvirtd } from '../../support/libvirtd/private-libvirtd.js';
import { reportOf } from '../../support/programs/run-script.js';
import { Watched } from '../../support/hosts/watched.js';
import { RemoteScriptedLibvirtd, ScriptedLibvirtd } from '../../support/scripted-libvirtd/index.js';

describe('a watched host whose daemon ends before its events were read', () => {
  for (const [loop, how, isFromBeforeAll] of [
    ['RxEventImpl', 'blocked', true],
    ['RxEventImpl', 'stopped', true],
    // Its thread reads while JavaScript is blocked, and knows when the daemon ended.
    ['the native loop', 'blocked', false],
    ['the native loop', 'stopped', true],
  ] as const) {
    const what = how === 'blocked' ? 'JavaScript was blocked' : 'the process was stopped';
    it(`should deliver them before it says 'lost', when ${what}, with ${loop}`, async () => {
      await using libvirtd = await PrivateLibvirtd.start();
      const report = await reportOf('ended-unseen', [loop, how, libvirtd.uri, String(libvirtd.pid)]);
      expect(report).to.deep.equal({
        reason: 'end-of-file',
        heard: ['suspended', 'resumed', 'suspended'],
        isFromBeforeAll,
      });
    });
  }

  it('should begin the gap before the end of the daemon, when nothing was unread, and JavaScript was blocked', async () => {
    await using libvirtd = await PrivateLibvirtd.start();
    await using host = watch(libvirtd.uri, quick);
    using events = await Listener.on((options) => host.domainEvents('lifecycle', options));
    const begunAt = Date.now();
    process.kill(libvirtd.pid, 'SIGKILL');
    // Another daemon could run by now, and have events.
    beBusy(300);
    const lost = await firstValueFrom(host.status.pipe(filter((status) => status.state === 'lost')));
    expect(lost.from).to.be.at.most(begunAt);
    expect(events.events).to.deep.equal([]);
  });

  it('should deliver what libvirt has read, also when the event loop refuses to serve its timeout', async () => {
    await using libvirtd = await PrivateLibvirtd.start();
    const report = await reportOf('end-without-loop', [libvirtd.uri, String(libvirtd.pid)]);
    expect(report).to.deep.equal({
      reason: 'end-of-file',
      heard: ['suspended', 'error'],
      hasRefused: true,
    });
  });

  it('should begin the gap before the events that the daemon could not send, when the socket was full', async () => {
    const count = 20_000;
    await using daemon = await RemoteScriptedLibvirtd.start();
    await using host = watch(daemon.uri, { ...quick, keepAlive: { interval: 1, count: 1 } });
    using events = await Listener.on((options) => host.domainEvents('lifecycle', options));
    const begunAt = Date.now();
    const flooding = daemon.call('flood', 'all', { count });
    beBusy(500);
    // From now on it sends nothing, also when the loop has made room.
    daemon.setFrozen(true);
    const lost = await firstValueFrom(host.status.pipe(filter((status) => status.state === 'lost')));
    daemon.setFrozen(false);
    await flooding;
    expect(lost.reason).to.equal('keepalive');
    expect(events.events.length).to.be.within(1, count - 1);
    expect(lost.from).to.be.at.most(begunAt);
  });

  it('should deliver what libvirt has read during a call, and begin the gap before what it has not read', async () => {
    await using daemon = await ScriptedLibvirtd.start();
    await using watched = new Watched(daemon.uri, { readOnly: true });
    await watched.complete();
    const [client] = daemon.clients;
    const connection = await watched.host.connection();
    const lookups = daemon.faults.hold('domain-lookup-by-name');
    const call = connection.lookupDomainByName('alpha').catch((error: unknown) => error);
    await daemon.waitFor('a call', () => lookups.waiting > 0 || undefined);
    const begunAt = Date.now();
    const { uuid } = daemon.domains.get({ name: 'alpha' });
    for (const change of ['suspend', 'resume', 'suspend'] as const) daemon.domains.act(change, uuid);
    client?.drop();
    const lost = await watched.status('lost');
    expect(lost.reason).to.equal('end-of-file');
    expect(lost.from).to.be.at.most(begunAt);
    expect(await call).to.be.instanceOf(Error);
    // libvirt's client ends a call as soon as it sees the end, with at least one message read.
    const heard = watched.events.events.map((item) => ('event' in item ? item.event : item.type));
    expect(heard).to.have.lengthOf.within(1, 3);
    expect(heard).to.deep.equal(['suspended', 'resumed', 'suspended'].slice(0, heard.length));
  });
});
