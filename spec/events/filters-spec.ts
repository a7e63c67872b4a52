import { expect } from 'chai';
import type { Observable } from 'rxjs';
import { Connection } from '../../lib/index.js';
import { Listener } from '../support/connection/listener.js';
import { ScriptedConnection } from '../support/connection/scripted-connection.js';

const otherUuid = '00000000-0000-4000-8000-000000000009';

describe('filters of events', () => {
  let scripted: ScriptedConnection;
  let connection: Connection;

  before(async () => {
    scripted = await ScriptedConnection.open();
    ({ connection } = scripted);
  });

  after(() => scripted.close());

  it('should be libvirt’s for a domain, beside one for all domains', async () => {
    const { daemon } = scripted;
    const alpha = daemon.domains.get({ name: 'alpha' });
    const beta = daemon.domains.get({ name: 'beta' });
    const all = await Listener.on((options) => connection.domainEvents('reboot', options));
    const one = await Listener.on((options) =>
      connection.domainEvents('reboot', { ...options, domain: alpha }),
    );
    expect(
      daemon.registrations.filter(({ type }) => type === 'reboot').map(({ object }) => object),
    ).to.deep.equal([undefined, alpha.uuid]);
    daemon.emit('domain', 'reboot', { domain: beta });
    daemon.emit('domain', 'reboot', { domain: alpha });
    expect((await all.heard(2)).map(({ domain }) => domain.name)).to.deep.equal(['beta', 'alpha']);
    expect((await one.heard(1)).map(({ domain }) => domain.name)).to.deep.equal(['alpha']);
    all.stop();
    one.stop();
    await scripted.deregistered();
  });

  it('should take a Domain, and be one registration however the uuid is written', async () => {
    const { daemon } = scripted;
    const domain = await connection.lookupDomainByName('alpha');
    const listeners = await Promise.all(
      [domain, { uuid: domain.uuid.toUpperCase() }, { uuid: domain.uuid.replaceAll('-', '') }].map((each) =>
        Listener.on((options) => connection.domainEvents('watchdog', { ...options, domain: each })),
      ),
    );
    expect(daemon.registrations.filter(({ type }) => type === 'watchdog')).to.have.lengthOf(1);
    daemon.emit('domain', 'watchdog', { domain: daemon.domains.get({ name: 'alpha' }), action: 1 });
    for (const listener of listeners) await listener.heard(1);
    for (const listener of listeners) listener.stop();
    await scripted.deregistered();
  });

  it('should take a Domain of another connection', async () => {
    const { daemon } = scripted;
    await using other = await Connection.open(daemon.uri);
    const domain = await other.lookupDomainByName('alpha');
    const one = await Listener.on((options) => connection.domainEvents('reboot', { ...options, domain }));
    daemon.emit('domain', 'reboot', { domain: daemon.domains.get({ name: 'alpha' }) });
    expect((await one.heard(1)).map(({ domain }) => domain.name)).to.deep.equal(['alpha']);
    one.stop();
    await scripted.deregistered();
  });

  it('should be libvirt’s for a network', async () => {
    const { daemon } = scripted;
    const network = daemon.inventory.network({ name: 'default' });
    const one = await Listener.on((options) =>
      connection.networkEvents('lifecycle', { ...options, network: { uuid: String(network.uuid) } }),
    );
    expect(
      daemon.emit('network', 'lifecycle', { network: { name: 'o', uuid: otherUuid }, event: 2, detail: 0 }),
    ).to.equal(0);
    daemon.emit('network', 'lifecycle', { network, event: 3, detail: 0 });
    expect((await one.heardOne()).event).to.equal('stopped');
    one.stop();
  });

  it('should be libvirt’s for a storage pool', async () => {
    const { daemon } = scripted;
    const pool = daemon.inventory.storagePool({ name: 'default' });
    const one = await Listener.on((options) =>
      connection.storagePoolEvents('refresh', { ...options, pool: { uuid: String(pool.uuid) } }),
    );
    expect(daemon.emit('storage-pool', 'refresh', { pool: { name: 'o', uuid: otherUuid } })).to.equal(0);
    daemon.emit('storage-pool', 'refresh', { pool });
    expect((await one.heardOne()).storagePool.name).to.equal('default');
    one.stop();
  });

  it('should be libvirt’s for a node device', async () => {
    const { daemon } = scripted;
    const one = await Listener.on((options) =>
      connection.nodeDeviceEvents('update', { ...options, nodeDevice: { name: 'computer' } }),
    );
    expect(daemon.emit('node-device', 'update', { device: { name: 'other' } })).to.equal(0);
    daemon.emit('node-device', 'update', { device: { name: 'computer' } });
    expect((await one.heardOne()).nodeDevice.name).to.equal('computer');
    one.stop();
  });

  it('should be libvirt’s for a secret', async () => {
    const { daemon } = scripted;
    const [secret] = daemon.inventory.secrets;
    if (secret === undefined) throw new Error('the scripted libvirtd has no secret');
    const one = await Listener.on((options) =>
      connection.secretEvents('value-changed', { ...options, secret: { uuid: String(secret.uuid) } }),
    );
    expect(daemon.emit('secret', 'value-changed', { secret: { ...secret, uuid: otherUuid } })).to.equal(0);
    daemon.emit('secret', 'value-changed', { secret });
    expect((await one.heardOne()).secret.usageId).to.equal(secret.usageId);
    one.stop();
  });

  it('should select monitor events by name, by pattern and by domain', async () => {
    const { daemon } = scripted;
    const alpha = daemon.domains.get({ name: 'alpha' });
    const beta = daemon.domains.get({ name: 'beta' });
    const open = (filter: Parameters<Connection['qemuMonitorEvents']>[0]) =>
      Listener.on((options) => connection.qemuMonitorEvents({ ...options, ...filter }));
    const byName = await open({ event: 'RESET' });
    const byPattern = await open({ event: /^res/i });
    const withCase = await open({ event: /^res/ });
    const byDomain = await open({ domain: beta });
    for (const [domain, event] of [
      [alpha, 'RESUME'],
      [alpha, 'RESET'],
      [beta, 'STOP'],
    ] as const) {
      daemon.emit('qemu-monitor', 'event', { domain, event, seconds: 1n, micros: 2, details: null });
    }
    expect((await byDomain.heard(1)).map(({ event }) => event)).to.deep.equal(['STOP']);
    expect(byName.events.map(({ event }) => event)).to.deep.equal(['RESET']);
    expect(byPattern.events.map(({ event }) => event)).to.deep.equal(['RESUME', 'RESET']);
    expect(withCase.events).to.deep.equal([]);
    for (const listener of [byName, byPattern, withCase, byDomain]) listener.stop();
    await scripted.deregistered();
  });

  it('should fail only their own subscribers when libvirt has no such object', async () => {
    const all = await Listener.on((options) => connection.networkEvents('lifecycle', options));
    const one = new Listener(() => connection.networkEvents('lifecycle', { network: { uuid: otherUuid } }));
    expect(await one.failed()).to.include({ name: 'LibvirtError', code: 'VIR_ERR_NO_NETWORK' });
    scripted.daemon.emit('network', 'lifecycle', {
      network: { name: 'lan', uuid: otherUuid },
      event: 0,
      detail: 0,
    });
    expect((await all.heardOne()).event).to.equal('defined');
    all.stop();
  });

  it('should fail with libvirt’s error, not as unsupported, for a text that is no uuid', async () => {
    const uuid = 'no-uuid';
    const streams: Record<string, () => Observable<unknown>> = {
      virDomainLookupByUUIDString: () => connection.domainEvents('reboot', { domain: { uuid } }),
      virNetworkLookupByUUIDString: () => connection.networkEvents('lifecycle', { network: { uuid } }),
      virStoragePoolLookupByUUIDString: () => connection.storagePoolEvents('refresh', { pool: { uuid } }),
      virSecretLookupByUUIDString: () => connection.secretEvents('lifecycle', { secret: { uuid } }),
    };
    for (const [call, open] of Object.entries(streams)) {
      const error = await new Listener(open).failed();
      expect(error).to.include({ name: 'LibvirtError', code: 'VIR_ERR_INVALID_ARG', call });
    }
  });

  it('should be refused with TypeError when they are not filters', () => {
    const nothing = null as never;
    expect(() => connection.domainEvents('reboot', { domain: nothing })).to.throw(TypeError, /domain/);
    expect(() => connection.networkEvents('lifecycle', { network: nothing })).to.throw(TypeError, /network/);
    expect(() => connection.storagePoolEvents('refresh', { pool: {} as never })).to.throw(TypeError, /pool/);
    expect(() => connection.nodeDeviceEvents('update', { nodeDevice: { name: 'a\0b' } })).to.throw(
      TypeError,
      /null/,
    );
    expect(() => connection.secretEvents('lifecycle', { secret: { uuid: 1 as never } })).to.throw(
      TypeError,
      /secret/,
    );
    expect(() => connection.qemuMonitorEvents({ event: 1 as never })).to.throw(TypeError, /event/);
    expect(() => connection.qemuMonitorEvents({ event: /a/y })).to.throw(TypeError, /sticky/);
  });

  it('should report an invalid pattern as an error of the caller, not as an unsupported event', async () => {
    scripted.daemon.faults.refuseEvent('qemu-monitor', 'event', {
      code: 8,
      domain: 0,
      message: 'failed to compile regex',
    });
    const listener = new Listener(() => connection.qemuMonitorEvents({ event: /\cA/ }));
    expect(await listener.failed()).to.include({ name: 'LibvirtError', code: 'VIR_ERR_INVALID_ARG' });
  });
});
