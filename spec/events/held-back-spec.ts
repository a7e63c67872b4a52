import { expect } from 'chai';
import { Connection } from '../../lib/index.js';
import { Listener } from '../support/connection/listener.js';
import { PrivateLibvirtd } from '../support/libvirtd/private-libvirtd.js';
import { RemoteScriptedLibvirtd } from '../support/scripted-libvirtd/index.js';
import { beBusy } from '../support/connection/several-connections.js';

const keepaliveMs = 3000; // the quiet daemon hangs up after this much silence

describe('a connection that is held back amid calls', () => {
  it('should not affect others: a quiet one stays connected, and both go on with events and calls', async function () {
    this.timeout(60_000);
    await using floodingDaemon = await RemoteScriptedLibvirtd.start();
    await using quietDaemon = await PrivateLibvirtd.start({ keepaliveInterval: 1, keepaliveCount: 2 });
    await using flooding = await Connection.open(floodingDaemon.uri);
    await using quiet = await Connection.open(quietDaemon.uri, { keepAlive: false });
    const ends: string[] = [];
    flooding.closed.subscribe(() => ends.push('flooding'));
    quiet.closed.subscribe(() => ends.push('quiet'));

    const domain = await flooding.lookupDomainByName('alpha');
    const listener = await Listener.on((options) => flooding.domainEvents('lifecycle', options));
    let wasHeldBack = false;
    listener.onEvent = () => {
      wasHeldBack ||= flooding.stats().isHeldBack;
      beBusy(1);
    };
    void floodingDaemon.call('flood', 'all', { count: 1_000_000 }).catch(() => undefined); // fails with the connection
    let calls = 0;
    const end = { isCome: false };
    const calling = (async () => {
      while (!end.isCome) {
        await domain.state();
        calls++;
      }
    })();
    // Each event takes a millisecond, so this takes twice as long as the silence that the quiet daemon accepts.
    for (let events = 1000; events <= 2 * keepaliveMs; events += 1000) await listener.heard(events);
    end.isCome = true;
    await calling;

    expect(wasHeldBack).to.equal(true);
    expect(calls, 'calls take turns with the events').to.be.at.least(2);
    expect(ends).to.deep.equal([]);
    expect(await quiet.lookupDomainByName('test')).to.include({ name: 'test' });
    expect(flooding.stats().lostEvents).to.equal(0);
  });
});
