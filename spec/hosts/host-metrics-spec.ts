import { expect } from 'chai';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { filter, firstValueFrom, lastValueFrom } from 'rxjs';
import { watch, type HostGapMessage, type HostStatusMessage } from '../../lib/index.js';
import { Listener } from '../support/connection/listener.js';
import { libvirtErrors, ScriptedLibvirtd } from '../support/scripted-libvirtd/index.js';
import { quick } from '../support/hosts/quick.js';
import { PrivateLibvirtd } from '../support/libvirtd/private-libvirtd.js';

describe('the metrics and diagnostics of a host', () => {
  it('should count events and losses, and report them on their channels', async () => {
    await using libvirtd = await PrivateLibvirtd.start();
    const states: string[] = [];
    const gaps: HostGapMessage[] = [];
    const onStatus = (message: unknown): void => {
      const { host: name, status } = message as HostStatusMessage;
      if (name === 'measured') states.push(status.state);
    };
    const onGap = (message: unknown): void => void gaps.push(message as HostGapMessage);
    subscribe('rxvirt:host:status', onStatus);
    subscribe('rxvirt:host:gap', onGap);
    try {
      await using host = watch(libvirtd.uri, { ...quick, name: 'measured' });
      using events = await Listener.on((options) => host.domainEvents('lifecycle', options));
      const test = await (await host.connection()).lookupDomainByName('test');
      await test.suspend();
      await test.resume();
      await events.heard(2);
      const before = host.metrics();
      expect(before).to.be.frozen;
      expect(before).to.deep.include({ connected: true, reconnects: 0, gapSeconds: 0, droppedEvents: 0 });
      expect(before.eventsByType).to.deep.equal({ domain: { lifecycle: 2 } });
      await libvirtd.kill();
      await firstValueFrom(host.status.pipe(filter(({ state }) => state === 'waiting')));
      expect(host.metrics()).to.deep.include({ connected: false, eventsByType: before.eventsByType });
      await libvirtd.restart();
      await events.heard(3);
      const after = host.metrics();
      expect(after).to.deep.include({ connected: true, reconnects: 1 });
      expect(after.eventsByType).to.deep.equal({ domain: { lifecycle: 2 } });
      const [gap] = gaps.filter(({ host: name }) => name === 'measured');
      if (gap === undefined) throw new Error('no gap was reported');
      expect(events.events[2]).to.deep.include({ type: 'gap', from: gap.from, to: gap.to });
      expect(after.gapSeconds).to.be.above(0);
      expect(after.gapSeconds * 1000).to.be.closeTo(gap.to - gap.from, 1);
      expect(gap.reason).to.equal('end-of-file');
      expect(states.slice(0, 4)).to.deep.equal(['connecting', 'connected', 'lost', 'waiting']);
    } finally {
      unsubscribe('rxvirt:host:status', onStatus);
      unsubscribe('rxvirt:host:gap', onGap);
    }
  });

  it('should report a gap when its streams are registered again, or wanted no more', async () => {
    await using daemon = await ScriptedLibvirtd.start();
    await using host = watch(daemon.uri, { ...quick, name: 'half registered' });
    const gaps: unknown[] = [];
    const onGap = (message: unknown): void => void gaps.push(message);
    subscribe('rxvirt:host:gap', onGap);
    try {
      const [wanted, left] = [
        await Listener.on((options) => host.domainEvents('lifecycle', options)),
        await Listener.on((options) => host.networkEvents('lifecycle', options)),
      ];
      daemon.faults.fail('connect-network-event-register-any', libvirtErrors.notImplemented('not now'));
      for (const client of daemon.clients) client.drop();
      await wanted.heard(1);
      expect(gaps).to.deep.equal([]);
      left.stop();
      expect(gaps).to.have.length(1);
    } finally {
      unsubscribe('rxvirt:host:gap', onGap);
    }
  });

  it('should report closed as the last status, also when a subscriber of the gap closes the host', async () => {
    await using libvirtd = await PrivateLibvirtd.start();
    const states: string[] = [];
    const onStatus = (message: unknown): void =>
      void states.push((message as HostStatusMessage).status.state);
    await using host = watch(libvirtd.uri, { ...quick, name: 'closed by its gap' });
    const onGap = (): void => void host.close();
    subscribe('rxvirt:host:status', onStatus);
    subscribe('rxvirt:host:gap', onGap);
    try {
      await firstValueFrom(host.status.pipe(filter(({ state }) => state === 'connected')));
      await libvirtd.restart();
      await lastValueFrom(host.status);
      expect(states.slice(-2)).to.deep.equal(['connected', 'closed']);
    } finally {
      unsubscribe('rxvirt:host:status', onStatus);
      unsubscribe('rxvirt:host:gap', onGap);
    }
  });

  it('should report nothing after closed, when a subscriber of the status closes the host', async () => {
    await using daemon = await ScriptedLibvirtd.start();
    await using host = watch(daemon.uri, { ...quick, name: 'closed by its status' });
    const reports: string[] = [];
    const onStatus = (message: unknown): void => {
      const { status } = message as HostStatusMessage;
      if (reports.push(status.state) > 3 && status.state === 'connected') void host.close();
    };
    const onGap = (): void => void reports.push('gap');
    subscribe('rxvirt:host:status', onStatus);
    subscribe('rxvirt:host:gap', onGap);
    try {
      await firstValueFrom(host.status.pipe(filter(({ state }) => state === 'connected')));
      for (const client of daemon.clients) client.drop();
      await lastValueFrom(host.status);
      expect(reports.slice(-2)).to.deep.equal(['connected', 'closed']);
    } finally {
      unsubscribe('rxvirt:host:status', onStatus);
      unsubscribe('rxvirt:host:gap', onGap);
    }
  });
});
