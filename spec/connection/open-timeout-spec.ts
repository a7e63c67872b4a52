import { expect } from 'chai';
import { firstValueFrom } from 'rxjs';
import { TimeoutError, connect, Connection } from '../../lib/index.js';
import { rejection } from '../support/rejection.js';
import { ScriptedLibvirtd } from '../support/scripted-libvirtd/index.js';
import { reportOf } from '../support/programs/run-script.js';

describe('the timeout of an open', () => {
  let daemon: ScriptedLibvirtd;
  beforeEach(async () => {
    daemon = await ScriptedLibvirtd.start();
  });
  afterEach(() => daemon.close());

  for (const [name, open, call] of [
    ['Connection.open()', () => Connection.open(daemon.uri, { timeout: 50 }), 'virConnectOpen'],
    ['connect()', () => firstValueFrom(connect(daemon.uri, { timeout: 50 })), 'virConnectOpen'],
    [
      'Connection.open() for reading',
      () => Connection.open(daemon.uri, { timeout: 50, readOnly: true }),
      'virConnectOpenReadOnly',
    ],
  ] as const) {
    it(`should end ${name} with TimeoutError, and close the late connection again`, async () => {
      const held = daemon.faults.hold('connect-open');
      const error = await rejection(open());
      expect(error)
        .to.be.instanceOf(TimeoutError)
        .and.include({
          name: 'TimeoutError',
          code: 'ERR_CALL_TIMEOUT',
          call,
          timeout: 50,
          message: `${daemon.uri} can't be opened: there was no answer within 50 ms`,
        });
      expect(JSON.parse(JSON.stringify(error))).to.include({ code: 'ERR_CALL_TIMEOUT', call, timeout: 50 });
      held.release();
      await daemon.waitForClients(0);
      await using next = await Connection.open(daemon.uri, { timeout: 60_000 });
      expect(next.isOpen).to.equal(true);
    });
  }

  it('should not matter to a connection that is open in time', async () => {
    await using connection = await Connection.open(daemon.uri, { timeout: 2000 });
    expect(await connection.lookupDomainByName('alpha')).to.have.property('name', 'alpha');
  });

  it('should end an open that has 0 milliseconds', async () => {
    daemon.faults.hold('connect-open');
    expect(await rejection(Connection.open(daemon.uri, { timeout: 0 }))).to.be.instanceOf(TimeoutError);
  });

  it('should let the process end while the host stays silent', async () => {
    daemon.faults.hold('connect-open');
    const reported = await reportOf('open-with-timeout', [daemon.uri, '50']);
    expect(reported).to.deep.equal({ code: 'ERR_CALL_TIMEOUT' });
  });

  it('should not keep the process alive when the connection was open in time, or could not be opened', async () => {
    const started = performance.now();
    expect(await reportOf('open-with-timeout', [daemon.uri, '100000'])).to.deep.equal({ code: 'open' });
    const failed = await reportOf('open-with-timeout', ['no-such-driver:///', '100000']);
    expect(failed)
      .to.have.property('code')
      .that.matches(/^VIR_ERR_/);
    expect(performance.now() - started).to.be.below(50_000);
  });
});
