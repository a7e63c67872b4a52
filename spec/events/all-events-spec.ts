import { expect } from 'chai';
import { config } from 'rxjs';
import { Connection, type LibvirtEvent } from '../../lib/index.js';
import { installedEventCount, installedEventTypes } from '../support/installed/installed-libvirt.js';
import { Listener } from '../support/connection/listener.js';
import { ScriptedConnection } from '../support/connection/scripted-connection.js';

const uuid = 'de17a000-0000-4000-8000-000000000004';

/** Each event without its time. */
function timeless(events: readonly LibvirtEvent[]): object[] {
  return events.map(({ time, ...rest }) => {
    expect(time).to.be.closeTo(Date.now(), 10_000);
    return rest;
  });
}

describe('connection.events', () => {
  let scripted: ScriptedConnection;
  let connection: Connection;

  beforeEach(async () => {
    scripted = await ScriptedConnection.open();
    ({ connection } = scripted);
  });

  afterEach(() => scripted.close());

  it('should have the events of all categories in libvirt’s order, and its own end last', async () => {
    const { daemon } = scripted;
    const listener = await Listener.on((options) => connection.events(options));
    const domain = { name: 'delta', uuid, id: 7 };
    const named = { name: 'default', uuid };
    daemon.emit('domain', 'reboot', { domain });
    daemon.emit('secret', 'value-changed', { secret: { uuid, usageType: 0, usageId: '' } });
    daemon.emit('network', 'lifecycle', { network: named, event: 3, detail: 0 });
    daemon.emit('domain', 'watchdog', { domain, action: 2 });
    daemon.emit('storage-pool', 'refresh', { pool: named });
    daemon.emit('qemu-monitor', 'event', { domain, event: 'STOP', seconds: 1n, micros: 2, details: null });
    daemon.emit('node-device', 'update', { device: { name: 'computer' } });
    await listener.heard(7);
    await connection.close();
    await listener.completed();
    const secret = { uuid, usageType: 'none', usageTypeNumber: 0, usageId: '' };
    expect(timeless(listener.events)).to.deep.equal([
      { category: 'domain', type: 'reboot', domain },
      { category: 'secret', type: 'value-changed', secret },
      { category: 'network', type: 'lifecycle', network: named, event: 'stopped', eventNumber: 3, detail: 0 },
      { category: 'domain', type: 'watchdog', domain, action: 'reset', actionNumber: 2 },
      { category: 'storage-pool', type: 'refresh', storagePool: named },
      {
        category: 'qemu-monitor',
        type: 'event',
        domain,
        event: 'STOP',
        seconds: 1,
        micros: 2,
        details: null,
      },
      { category: 'node-device', type: 'update', nodeDevice: { name: 'computer' } },
      { category: 'connection', type: 'closed', reason: 'client' },
    ]);
  });

  it('should say how the connection was lost, and then fail', async () => {
    const listener = await Listener.on((options) => connection.events(options));
    for (const client of scripted.daemon.clients) client.drop();
    expect(await listener.failed()).to.include({ name: 'ConnectionClosedError', reason: 'end-of-file' });
    expect(timeless(listener.events)).to.deep.equal([
      { category: 'connection', type: 'closed', reason: 'end-of-file' },
    ]);
  });

  it('should register for the wanted categories only, and fail with the connection all the same', async () => {
    const listener = await Listener.on((options) =>
      connection.events({ ...options, categories: ['secret', 'node-device'] }),
    );
    const kinds = scripted.daemon.registrations.map(({ family, type }) => `${family} ${type}`);
    expect(kinds.sort()).to.deep.equal([
      'connection closed',
      'node-device lifecycle',
      'node-device update',
      'secret lifecycle',
      'secret value-changed',
    ]);
    for (const client of scripted.daemon.clients) client.drop();
    expect(await listener.failed()).to.include({ name: 'ConnectionClosedError' });
    expect(listener.events).to.deep.equal([]);
  });

  it('should share its registrations with the single streams', async () => {
    const single = await Listener.on((options) => connection.domainEvents('reboot', options));
    const all = await Listener.on((options) => connection.events({ ...options, categories: ['domain'] }));
    expect(scripted.daemon.registrations.filter(({ type }) => type === 'reboot')).to.have.lengthOf(1);
    scripted.daemon.emit('domain', 'reboot', { domain: { name: 'delta', uuid, id: 7 } });
    await single.heard(1);
    await all.heard(1);
    expect(all.events[0]).to.equal(single.events[0]);
    all.stop();
    single.stop();
    await scripted.deregistered();
  });

  it('should leave out what the daemon refuses', async () => {
    const { daemon } = scripted;
    daemon.faults.refuseEvent('domain', 'tunable');
    daemon.faults.refuseEvent('secret', 'lifecycle', { code: 88, domain: 7, message: 'access denied' });
    const listener = await Listener.on((options) => connection.events(options));
    daemon.emit('domain', 'reboot', { domain: { name: 'delta', uuid, id: 7 } });
    expect(await listener.heardOne()).to.include({ type: 'reboot' });
    const supported = (await connection.supportedEvents()).map(({ category, type }) => `${category} ${type}`);
    expect(supported).to.include('domain reboot').and.to.include('secret value-changed');
    expect(supported).not.to.include('domain tunable');
    expect(supported).not.to.include('secret lifecycle');
  });

  it('should refuse names that are no categories', () => {
    expect(() => connection.events({ categories: ['domains' as never] })).to.throw(TypeError, 'domains');
    expect(() => connection.events({ categories: 'domain' as never })).to.throw(TypeError, 'array');
  });

  it('should acknowledge even when nothing has to be registered', async () => {
    const listener = await Listener.on((options) =>
      connection.events({ ...options, categories: ['connection'] }),
    );
    await connection.close();
    await listener.completed();
    expect(listener.events).to.have.lengthOf(1);
  });

  it('should not call onRegistered for a subscriber that has left at once', async () => {
    let calls = 0;
    const onRegistered = () => calls++;
    for (const categories of [['connection'], ['network']] as const)
      connection.events({ categories, onRegistered }).subscribe().unsubscribe();
    const later = await Listener.on((options) => connection.events({ ...options, categories: ['network'] }));
    later.stop();
    expect(calls).to.equal(0);
  });

  it('should go on when onRegistered throws, even when the last kind is refused', async () => {
    scripted.daemon.faults.refuseEvent('network', 'lifecycle');
    const thrown = new Error('from onRegistered');
    const reported = new Promise((resolve) => (config.onUnhandledError = resolve));
    try {
      const listener = new Listener(() =>
        connection.events({
          categories: ['network'],
          onRegistered: () => {
            throw thrown;
          },
        }),
      );
      expect(await reported).to.equal(thrown);
      expect(listener.error).to.equal(undefined);
      listener.stop();
    } finally {
      config.onUnhandledError = null;
    }
  });
});

describe('connection.supportedEvents', () => {
  it('should ask once, and leave nothing registered', async () => {
    await using scripted = await ScriptedConnection.open();
    const { connection, daemon } = scripted;
    const first = await connection.supportedEvents();
    await scripted.deregistered();
    const { length } = daemon.calls;
    expect(await connection.supportedEvents()).to.equal(first);
    expect(daemon.calls).to.have.lengthOf(length);
  });

  it('should be all that the installed libvirt has', async () => {
    await using scripted = await ScriptedConnection.open();
    const supported = await scripted.connection.supportedEvents();
    const typesOf = (category: string) =>
      supported.filter((each) => each.category === category).map(({ type }) => type);
    for (const category of ['domain', 'network', 'storage-pool', 'node-device', 'secret'] as const) {
      expect(typesOf(category), category).to.have.members(installedEventTypes(category));
      expect(typesOf(category), `rxvirt lacks a ${category} event of this libvirt`).to.have.lengthOf(
        installedEventCount(category),
      );
    }
    expect(typesOf('qemu-monitor')).to.have.lengthOf(1);
    expect(typesOf('connection')).to.have.lengthOf(1);
  });

  it('should not include monitor events on a connection on which libvirt refuses them', async () => {
    await using connection = await Connection.open('test:///default', { readOnly: true });
    const supported = await connection.supportedEvents();
    const categories = new Set(supported.map(({ category }) => category));
    expect([...categories]).to.deep.equal(['domain', 'network', 'storage-pool', 'node-device', 'connection']);
  });

  it('should reject when the connection is lost, and when it is closed', async () => {
    await using scripted = await ScriptedConnection.open();
    const { connection, daemon } = scripted;
    daemon.faults.hold('connect-domain-event-callback-register-any');
    const asked = connection.supportedEvents().catch((error: unknown) => error);
    await daemon.waitForCalls('connect-domain-event-callback-register-any', 1);
    for (const client of daemon.clients) client.drop();
    expect(await asked).to.include({ name: 'ConnectionClosedError', reason: 'end-of-file' });
    expect(await connection.supportedEvents().catch((error: unknown) => error)).to.include({
      name: 'ConnectionClosedError',
    });
  });
});
