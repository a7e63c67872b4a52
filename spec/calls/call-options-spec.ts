import { expect } from 'chai';
import { Connection, TimeoutError } from '../../lib/index.js';
import { PrivateLibvirtd } from '../support/libvirtd/private-libvirtd.js';
import { rejection } from '../support/rejection.js';

describe('the timeout and the signal of a call', () => {
  let libvirtd: PrivateLibvirtd;
  let connection: Connection;
  before(async () => {
    libvirtd = await PrivateLibvirtd.start();
  });
  beforeEach(async () => {
    connection = await Connection.open(libvirtd.uri, { keepAlive: false });
  });
  afterEach(() => connection.close());
  after(() => libvirtd.stop());

  it('should reject a call that libvirt does not answer, and count it until it does', async () => {
    await libvirtd.pause();
    const error = await rejection(connection.hostname({ timeout: 50 }));
    expect(error)
      .to.be.an.instanceOf(TimeoutError)
      .and.include({ call: 'virConnectGetHostname', timeout: 50 });
    expect(error)
      .to.have.property('message')
      .that.matches(/^the host can't be asked for its name on test\+unix:.*within 50 ms$/);
    expect(connection.stats()).to.include({ callsUnderWay: 1, callsGivenUp: 1 });
    libvirtd.resume();
    // The next call waits until that one is answered.
    expect(await connection.hostname({ timeout: 10_000 })).to.be.a('string');
    expect(connection.stats()).to.include({ callsUnderWay: 0, callsGivenUp: 0 });
  });

  it('should never begin a call that waits for its turn', async () => {
    const domain = await connection.lookupDomainByName('test');
    await libvirtd.pause();
    const first = connection.hostname();
    const abort = new AbortController();
    const second = rejection(domain.suspend({ signal: abort.signal }));
    expect(connection.stats()).to.include({ callsUnderWay: 1, callsWaiting: 1 });
    abort.abort(new Error('changed my mind'));
    expect(await second).to.have.property('message', 'changed my mind');
    expect(connection.stats()).to.include({ callsUnderWay: 1, callsWaiting: 0, callsGivenUp: 0 });
    libvirtd.resume();
    await first;
    expect(await domain.state()).to.include({ state: 'running' });
  });

  it('should not begin a call when the signal has aborted before', async () => {
    const reason = new Error('too late');
    expect(await rejection(connection.hostname({ signal: AbortSignal.abort(reason) }))).to.equal(reason);
    expect(connection.stats()).to.include({ callsUnderWay: 0, callsWaiting: 0 });
  });

  it('should leave a call alone that is answered in time', async () => {
    const abort = new AbortController();
    const calls = Array.from({ length: 20 }, () =>
      connection.hostname({ timeout: 60_000, signal: abort.signal }),
    );
    expect(new Set(await Promise.all(calls)).size).to.equal(1);
    abort.abort();
  });

  it('should free the objects that a late answer brings', async () => {
    await libvirtd.pause();
    await rejection(
      connection.defineDomain(
        '<domain type="test"><name>late</name><memory>1</memory><os><type>hvm</type></os></domain>',
        { timeout: 20 },
      ),
    );
    libvirtd.resume();
    await connection.hostname();
    await connection.close();
    expect(connection.isOpen).to.equal(false);
  });

  for (const options of [
    { timeout: -1 },
    { timeout: 1.5 },
    { timeout: '5' },
    { signal: {} },
    { timout: 5 },
    null,
    5,
  ]) {
    it(`should not be ${JSON.stringify(options)}`, async () => {
      const error = await rejection(connection.hostname(options as unknown as { timeout: number }));
      expect(error).to.satisfy((e: unknown) => e instanceof TypeError || e instanceof RangeError);
    });
  }
});
