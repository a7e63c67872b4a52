import { expect } from 'chai';
import { setTimeout as delay } from 'node:timers/promises';
import { Connection } from '../../../lib/index.js';
import { Watched } from '../../support/hosts/watched.js';
import { PrivateLibvirtd } from '../../support/libvirtd/private-libvirtd.js';
import { virsh } from '../../support/virsh/virsh.js';

const keepAlive = { interval: 1, count: 1 };
/** libvirt may be silent for this long before keepalive ends the connection. */
const longestMs = keepAlive.interval * (keepAlive.count + 1) * 1000;
/** A busy machine needs time to notice. */
const toleranceMs = 500;

describe('a watched host whose daemon is stopped by SIGSTOP', () => {
  let libvirtd: PrivateLibvirtd;
  let watched: Watched;
  let begun: number;
  beforeEach(async () => {
    begun = Date.now();
    libvirtd = await PrivateLibvirtd.start();
    watched = new Watched(libvirtd.uri, { keepAlive, timeout: 1000 });
    await watched.events.registered();
    await watched.agreed(1);
  });
  afterEach(async () => {
    libvirtd.resume();
    await watched[Symbol.asyncDispose]();
    await libvirtd.stop();
  });

  it(`should say 'keepalive' within interval × (count + 1), and be right again after SIGCONT`, async () => {
    // Without a connection the daemon would forget what virsh does to the domain.
    await using other = await Connection.open(libvirtd.uri, { keepAlive: false });
    await libvirtd.pause();
    const stopped = Date.now();
    const lost = await watched.status('lost');
    expect(lost).to.include({ reason: 'keepalive', epoch: 1 });
    expect(lost.time - stopped).to.be.within(1, longestMs + toleranceMs);
    // Its last message came before it was stopped.
    expect(lost.from).to.be.within(begun, stopped);
    const first = await watched.statuses.indexOf(({ state }) => state === 'waiting');
    // The kernel accepts connections for the stopped daemon, so only the timeout ends an attempt.
    const { error } = await watched.status('waiting', first + 1);
    expect(error).to.include({ name: 'TimeoutError', timeout: 1000 });
    libvirtd.resume();
    await virsh(libvirtd.uri, 'suspend test');
    await watched.agreed(2);
    expect(other.isOpen).to.equal(true);
    await watched.events.until(() => watched.gaps.length === 1);
    expect(watched.gaps[0]).to.include({ reason: 'keepalive', from: lost.from });
    expect(watched.contents.some((line) => line.endsWith('test paused'))).to.equal(true);
  });

  it('should not lose its connection when the daemon goes on before that, nor any event', async () => {
    await libvirtd.pause();
    const change = virsh(libvirtd.uri, 'suspend test');
    await delay(longestMs / 4);
    libvirtd.resume();
    await change;
    await watched.events.until((items) => items.some(({ type }) => type === 'lifecycle'));
    await watched.agreed(1);
    expect(watched.story).to.deep.equal(['connecting', 'connected']);
    expect(watched.gaps).to.deep.equal([]);
  });
});
