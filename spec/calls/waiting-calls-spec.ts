import { expect } from 'chai';
import { Connection, ConnectionClosedError, LibvirtError } from '../../lib/index.js';
import { PrivateLibvirtd } from '../support/libvirtd/private-libvirtd.js';
import { rejection } from '../support/rejection.js';

describe('calls that wait when their connection is lost', () => {
  let libvirtd: PrivateLibvirtd;
  beforeEach(async () => {
    libvirtd = await PrivateLibvirtd.start();
  });
  afterEach(() => libvirtd.stop());

  it('should reject with the loss; only the call under way has libvirt’s error', async () => {
    await using connection = await Connection.open(libvirtd.uri, { keepAlive: false });
    const domain = await connection.lookupDomainByName('test');
    await libvirtd.pause();
    const waiting = Array.from({ length: 300 }, () => rejection(domain.info()));
    expect(connection.stats()).to.include({ callsUnderWay: 1, callsWaiting: 299 });
    await libvirtd.kill();
    const [first, ...others] = await Promise.all(waiting);
    expect(first).to.be.instanceOf(LibvirtError).and.not.instanceOf(ConnectionClosedError);
    for (const error of others)
      expect(error).to.be.instanceOf(ConnectionClosedError).and.include({ reason: 'end-of-file' });
  });

  it('should not tell that it is alive', async () => {
    await using connection = await Connection.open(libvirtd.uri, { keepAlive: false });
    await libvirtd.pause();
    const underWay = rejection(connection.hostname());
    const answer = connection.isAlive().catch((error: unknown) => error);
    await libvirtd.kill();
    await underWay;
    // The answer, unless the loss is told first.
    expect(await answer).to.satisfy(
      (told: unknown) => told === false || told instanceof ConnectionClosedError,
    );
  });
});
