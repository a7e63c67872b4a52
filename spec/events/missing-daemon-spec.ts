import { expect } from 'chai';
import { UnsupportedEventError, type Connection } from '../../lib/index.js';
import { Listener } from '../support/connection/listener.js';
import { ScriptedConnection } from '../support/connection/scripted-connection.js';

// The answers of a daemon that needs another daemon: the other one isn't running, or the connection to it broke.
const missing = {
  code: 38,
  domain: 7,
  message: "Failed to connect socket to '/run/libvirt/virtnetworkd-sock': No such file or directory",
};
const broken = { code: 1, domain: 7, message: 'internal error: client socket is closed' };

describe('events whose daemon is missing', () => {
  let scripted: ScriptedConnection;
  let connection: Connection;

  beforeEach(async () => {
    scripted = await ScriptedConnection.open();
    ({ connection } = scripted);
  });

  afterEach(() => scripted.close());

  const supported = async (): Promise<readonly string[]> =>
    (await connection.supportedEvents()).map(({ category, type }) => `${category} ${type}`);

  it('should fail with an UnsupportedEventError whose mayPass is true, and be there once the daemon runs', async () => {
    const fault = scripted.daemon.faults.refuseEvent('network', 'lifecycle', missing);
    const error = await new Listener(() => connection.networkEvents('lifecycle')).failed();
    expect(error).to.be.instanceOf(UnsupportedEventError);
    expect(error).to.include({ category: 'network', type: 'lifecycle', mayPass: true });
    expect(error)
      .to.have.property('message')
      .that.matches(/'lifecycle' are not available now on test\+unix:\/\/\/default\?socket=\S+: Failed/)
      .and.matches(/; start their daemon and subscribe again$/);
    expect(error).to.have.property('cause').that.includes({ code: 'VIR_ERR_SYSTEM_ERROR' });
    fault.cancel();
    const listener = await Listener.on((options) => connection.networkEvents('lifecycle', options));
    listener.stop();
  });

  for (const [what, failure] of [
    ['is missing', missing],
    ['went away', broken],
  ] as const) {
    it(`should be asked for again by supportedEvents when their daemon ${what}`, async () => {
      const { daemon } = scripted;
      const faults = (['lifecycle', 'value-changed'] as const).map((type) =>
        daemon.faults.refuseEvent('secret', type, failure),
      );
      const first = await supported();
      expect(first).to.include('network lifecycle').and.not.include('secret lifecycle');
      await scripted.deregistered();
      const before = daemon.calls.length;
      for (const fault of faults) fault.cancel();
      expect((await supported()).filter((name) => !first.includes(name))).to.deep.equal([
        'secret lifecycle',
        'secret value-changed',
      ]);
      await scripted.deregistered();
      const asked = daemon.calls.slice(before).map(({ procedure }) => procedure);
      expect(new Set(asked)).to.deep.equal(
        new Set(['connect-secret-event-register-any', 'connect-secret-event-deregister-any']),
      );
      await supported();
      expect(daemon.calls).to.have.lengthOf(before + asked.length);
    });
  }

  it('should be said to need a new connection when their daemon went away', async () => {
    scripted.daemon.faults.refuseEvent('network', 'lifecycle', broken);
    const error = await new Listener(() => connection.networkEvents('lifecycle')).failed();
    expect(error).to.include({ name: 'UnsupportedEventError', mayPass: true });
    expect(error)
      .to.have.property('message')
      .that.matches(/socket is closed; open a new connection, which may have them$/);
  });

  it('should fail in the same way when only those of one object are wanted', async () => {
    const network = { uuid: 'de17a000-0000-4000-8000-000000000002' };
    scripted.daemon.faults.fail('network-lookup-by-uuid', broken);
    const error = await new Listener(() => connection.networkEvents('lifecycle', { network })).failed();
    expect(error).to.include({ name: 'UnsupportedEventError', mayPass: true });
    expect(error).to.have.property('message').that.includes(` of network ${network.uuid} `);
  });

  it('should not be asked for again when a daemon doesn’t know them', async () => {
    const { daemon } = scripted;
    const faults = [
      daemon.faults.refuseEvent('domain', 'tunable'),
      // Daemons from 7.0 to 9.7 answer like this.
      daemon.faults.refuseEvent('network', 'lifecycle', {
        code: 1,
        domain: 7,
        message: 'internal error: unsupported network event ID 1',
      }),
    ];
    const refused = ['domain tunable', 'network lifecycle'];
    expect(await supported()).not.to.include.any.members(refused);
    for (const fault of faults) fault.cancel();
    expect(await supported()).not.to.include.any.members(refused);
  });

  it('should be asked for again when access was denied', async () => {
    const fault = scripted.daemon.faults.refuseEvent('domain', 'reboot', {
      code: 88,
      message: 'access denied',
    });
    expect(await supported()).not.to.include('domain reboot');
    fault.cancel();
    expect(await supported()).to.include('domain reboot');
  });

  it('should leave the other categories of events() alone', async () => {
    scripted.daemon.faults.refuseEvent('storage-pool', 'lifecycle', missing);
    const all = await Listener.on((options) => connection.events(options));
    scripted.daemon.emit('storage-pool', 'refresh', {
      pool: { name: 'p', uuid: 'de17a000-0000-4000-8000-000000000004' },
    });
    expect(await all.heardOne()).to.include({ category: 'storage-pool', type: 'refresh' });
    all.stop();
  });
});
