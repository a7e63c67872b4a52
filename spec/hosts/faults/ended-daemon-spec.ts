import { expect } from 'chai';
import { rmSync } from 'node:fs';
import { ConnectionClosedError } from '../../../lib/index.js';
import { Watched } from '../../support/hosts/watched.js';
import { PrivateLibvirtd } from '../../support/libvirtd/private-libvirtd.js';
import { virsh } from '../../support/virsh/virsh.js';

/** A loss by an ended daemon is noticed by the end of the stream, so at once. The machine may be busy. */
const noticedMs = 1000;

describe('a watched host whose daemon ends', () => {
  let libvirtd: PrivateLibvirtd;
  let watched: Watched;
  let watchedAt: number;
  beforeEach(async () => {
    libvirtd = await PrivateLibvirtd.start();
    watchedAt = Date.now();
    watched = new Watched(libvirtd.uri);
    await watched.events.registered();
    await virsh(libvirtd.uri, 'suspend test; net-destroy default');
    await watched.agreed(1);
  });
  afterEach(async () => {
    await watched[Symbol.asyncDispose]();
    await libvirtd.stop();
  });

  for (const signal of ['SIGKILL', 'SIGTERM'] as const) {
    it(`should say so at once after ${signal}, wait, and be right again when the daemon is back`, async () => {
      const before = Date.now();
      await libvirtd.kill(signal);
      const ended = Date.now();
      const lost = await watched.status('lost');
      expect(lost).to.include({ epoch: 1, reason: 'end-of-file' });
      expect(lost.time).to.be.within(before, ended + noticedMs);
      // It is the time of the last message that the loop has read: those after it were read by calls.
      expect(lost.from).to.be.within(watchedAt, lost.time);
      const { error } = await watched.status('waiting');
      expect(error).to.be.instanceOf(ConnectionClosedError);
      expect(error)
        .to.have.property('message')
        .that.matches(/^the connection to \S+ was lost \(end-of-file\)$/);
      // What is known stays while there is no connection.
      expect(watched.contents.some((line) => line.endsWith('test paused'))).to.equal(true);
      await libvirtd.restart();
      await watched.agreed(2);
      expect(watched.contents.some((line) => line.endsWith('test running'))).to.equal(true);
      expect(watched.story).to.deep.equal([
        'connecting',
        'connected',
        'lost: end-of-file',
        'waiting',
        'connecting',
        'connected',
      ]);
      await watched.events.until(() => watched.gaps.length === 1);
      expect(watched.gaps[0]).to.include({ reason: 'end-of-file', from: lost.from });
      expect(watched.host.health().troubles).to.deep.equal([]);
    });
  }

  it('should keep its connection when the socket’s file is removed, and wait for a new socket after a loss', async () => {
    rmSync(libvirtd.socketPath);
    await watched.host.connection({ timeout: 100 }).catch(() => undefined);
    expect(watched.host.health().status).to.include({ state: 'connected', epoch: 1 });
    await libvirtd.kill();
    const { error } = await watched.status('waiting', (await watched.statuses.indexOf(isWaiting)) + 1);
    expect(error).to.include({ name: 'LibvirtError', code: 'VIR_ERR_SYSTEM_ERROR' });
    expect(error)
      .to.have.property('message')
      .that.matches(/No such file or directory/);
    await libvirtd.restart();
    await watched.agreed(2);
  });
});

const isWaiting = ({ state }: { readonly state: string }): boolean => state === 'waiting';
