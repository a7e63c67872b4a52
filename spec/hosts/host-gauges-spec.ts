import { expect } from 'chai';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { filter, firstValueFrom } from 'rxjs';
import { watch, watchAll, type HostTroubleMessage } from '../../lib/index.js';
import { Listener } from '../support/connection/listener.js';
import { quick } from '../support/hosts/quick.js';
import { ScriptedLibvirtd } from '../support/scripted-libvirtd/index.js';

describe('what the metrics of a host say of this moment', () => {
  let daemon: ScriptedLibvirtd;
  beforeEach(async () => {
    daemon = await ScriptedLibvirtd.start();
  });
  afterEach(() => daemon.close());

  it('should be the calls that libvirt has not answered', async () => {
    await using host = watch(daemon.uri, quick);
    const alpha = await (await host.connection()).lookupDomainByName('alpha');
    expect(host.metrics()).to.include({ callsInFlight: 0, callsWaiting: 0 });
    const held = daemon.faults.hold('domain-suspend');
    const calls = Array.from({ length: 3 }, () => alpha.suspend().catch(() => undefined));
    await daemon.waitFor('a held call', () => held.waiting > 0 || undefined);
    const { callsInFlight, callsWaiting } = host.metrics();
    expect(callsInFlight).to.be.at.least(1);
    expect(callsInFlight + callsWaiting).to.equal(3);
    held.release();
    await Promise.all(calls);
    expect(host.metrics()).to.include({ callsInFlight: 0, callsWaiting: 0 });
  });

  it('should be the events that are not delivered yet', async () => {
    await using host = watch(daemon.uri, quick);
    using events = await Listener.on((options) => host.domainEvents('lifecycle', options));
    let most = 0;
    events.onEvent = () => (most = Math.max(most, host.metrics().queuedEvents));
    await daemon.flood('all', { count: 5000 });
    await events.heard(5000);
    expect(most).to.be.within(1, 5000);
    await daemon.waitFor('an empty queue', () => host.metrics().queuedEvents === 0 || undefined);
  });

  it('should be the watches and timeouts of libvirt, as long as there is a connection', async () => {
    const before = watch(daemon.uri, quick);
    await firstValueFrom(before.status.pipe(filter(({ state }) => state === 'connected')));
    const open = before.metrics();
    expect(open.watches).to.be.above(0);
    expect(open.timeouts).to.be.above(0);
    await before.close();
    const closed = before.metrics();
    expect(closed.watches).to.be.below(open.watches);
    expect(closed.timeouts).to.be.below(open.timeouts);
  });

  it('should be its troubles, which the channel tells when they begin and end', async () => {
    const told: string[] = [];
    const onTrouble = (message: unknown): void => {
      const { host, trouble, isOver } = message as HostTroubleMessage;
      told.push(`${host}: ${trouble.what} ${isOver ? 'ends' : 'begins'}`);
    };
    subscribe('rxvirt:host:trouble', onTrouble);
    try {
      await using host = watch(daemon.uri, { ...quick, name: 'troubled' });
      const refusal = daemon.faults.refuseEvent('network', 'lifecycle');
      using events = new Listener((options) => host.networkEvents('lifecycle', options));
      await daemon.waitFor('a trouble', () => host.metrics().troubles === 1 || undefined);
      refusal.cancel();
      await events.registered();
      expect(host.metrics().troubles).to.equal(0);
      expect(told).to.deep.equal([
        "troubled: network events 'lifecycle' begins",
        "troubled: network events 'lifecycle' ends",
      ]);
    } finally {
      unsubscribe('rxvirt:host:trouble', onTrouble);
    }
  });

  it('should be told by a fleet for each of its hosts', async () => {
    await using fleet = watchAll({ there: daemon.uri, gone: 'qemu+unix:///system?socket=/nowhere' }, quick);
    await firstValueFrom(
      fleet.status.pipe(filter(({ host, state }) => host === 'there' && state === 'connected')),
    );
    const connected = () => [...fleet.metrics()].map(([name, metrics]) => [name, metrics.connected]);
    expect(connected()).to.deep.equal([
      ['there', true],
      ['gone', false],
    ]);
    await fleet.remove('gone');
    expect(connected()).to.deep.equal([['there', true]]);
  });
});
