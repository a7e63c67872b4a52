import { expect } from 'chai';
import { resolve as absolute } from 'node:path';
import { firstValueFrom } from 'rxjs';
import {
  Connection,
  ConnectionClosedError,
  Interface,
  LibvirtError,
  Network,
  NodeDevice,
  NwFilter,
  Secret,
  StoragePool,
} from '../../lib/index.js';
import { isAtLeast } from '../support/installed/installed-libvirt.js';
import { PrivateLibvirtd } from '../support/libvirtd/private-libvirtd.js';
import { Virsh } from '../support/scripted-libvirtd/virsh.js';
import { rejection } from '../support/rejection.js';

const wrong = (value: unknown): never => value as never;
const nobody = '00000000-0000-4000-8000-000000000001';

/** What virsh prints, one item for each line that isn't empty. */
async function printed(uri: string, ...args: readonly string[]): Promise<string[]> {
  const virsh = new Virsh(uri, ...args);
  expect(await virsh.ends(), virsh.errors).to.equal(0);
  return virsh.output.split('\n').filter((line) => line !== '');
}

describe('the objects of a connection', () => {
  let connection: Connection;
  beforeEach(async () => {
    connection = await Connection.open('test:///default');
  });
  afterEach(() => connection.close());

  for (const [where, uriOf] of [
    ['the test host', () => 'test:///default'],
    ['a libvirtd', ({ uri }: PrivateLibvirtd) => uri],
  ] as const) {
    it(`should be listed as virsh lists them, on ${where}`, async () => {
      await using libvirtd = await PrivateLibvirtd.start();
      const uri = uriOf(libvirtd);
      await using host = await Connection.open(uri);
      const names = (objects: readonly { name: string }[]): string[] =>
        objects.map(({ name }) => name).sort();
      expect(names(await host.listDomains())).to.deep.equal(await printed(uri, 'list', '--all', '--name'));
      expect(names(await host.listNetworks())).to.deep.equal(
        await printed(uri, 'net-list', '--all', '--name'),
      );
      expect(names(await host.listStoragePools())).to.deep.equal(
        (await printed(uri, 'pool-list', '--all', '--name')).map((name) => name.trim()),
      );
      const interfaces = (await printed(uri, 'iface-list', '--all')).slice(2);
      expect(names(await host.listInterfaces())).to.deep.equal(
        interfaces.map((line) => line.trim().split(/ +/)[0]),
      );
      expect(names(await host.listNodeDevices())).to.include('computer');
      const [pool] = await host.listStoragePools();
      expect(await pool?.info()).to.include({ state: 'running', capacityBytes: 100 * 2 ** 30 });
    });
  }

  it('should be listed by what is asked of them', async () => {
    const host = await Connection.open(`test://${absolute('spec/fixtures/test-host.xml')}`);
    const [domain] = await host.listDomains({ active: true });
    expect(domain).to.include({ name: 'test', id: 1 });
    expect(await host.listDomains({ state: 'running' })).to.deep.equal([domain]);
    await domain?.suspend();
    expect(await host.listDomains({ state: 'paused' })).to.deep.equal([domain]);
    expect(await host.listDomains({ state: ['running', 'shutoff', 'other'] })).to.deep.equal([]);
    await domain?.destroy();
    expect(await host.listDomains({ state: ['running', 'shutoff'] })).to.have.length(1);
    expect(await host.listDomains({ active: true })).to.deep.equal([]);
    const [stopped] = await host.listDomains({ active: false, persistent: true });
    expect(stopped).to.include({ name: 'test', id: null });
    expect(await host.listDomains({ persistent: false })).to.deep.equal([]);
    await host.close();
    expect(await connection.listNetworks({ active: false })).to.deep.equal([]);
    expect(await connection.listNetworks({ active: true, persistent: true })).to.have.length(1);
    expect(await connection.listStoragePools({ active: false })).to.deep.equal([]);
    expect(await connection.listStoragePools({ active: true })).to.have.length(1);
    expect(await connection.listInterfaces({ active: false })).to.deep.equal([]);
    expect(await connection.listInterfaces({ active: true })).to.have.length(1);
  });

  it('should be found by name and by uuid, and be the same as those listed', async () => {
    const [network] = await connection.listNetworks();
    expect(network).to.be.instanceOf(Network);
    expect(await connection.lookupNetworkByName('default')).to.deep.equal(network);
    expect(await connection.lookupNetworkByUuid(network?.uuid ?? '')).to.deep.equal(network);
    const [pool] = await connection.listStoragePools();
    expect(pool).to.be.instanceOf(StoragePool);
    expect(await connection.lookupStoragePoolByName('default-pool')).to.deep.equal(pool);
    expect(await connection.lookupStoragePoolByUuid(pool?.uuid ?? '')).to.deep.equal(pool);
    expect(await connection.lookupNodeDeviceByName('computer')).to.be.instanceOf(NodeDevice);
    const [found] = await connection.listInterfaces();
    expect(found).to.be.instanceOf(Interface);
    expect(await connection.lookupInterfaceByName(found?.name ?? '')).to.deep.equal(found);
  });

  it('should know their state', async () => {
    const domain = await connection.lookupDomainByName('test');
    expect([await domain.isActive(), await domain.isPersistent()]).to.deep.equal([true, true]);
    const network = await connection.lookupNetworkByName('default');
    expect([await network.isActive(), await network.isPersistent()]).to.deep.equal([true, true]);
    const pool = await connection.lookupStoragePoolByName('default-pool');
    expect([await pool.isActive(), await pool.isPersistent()]).to.deep.equal([true, true]);
    expect(await pool.info()).to.deep.equal({
      state: 'running',
      stateNumber: 2,
      capacityBytes: 100 * 2 ** 30,
      allocationBytes: 0,
      availableBytes: 100 * 2 ** 30,
    });
    const [found] = await connection.listInterfaces();
    expect(await found?.isActive()).to.equal(true);
  });

  it('should be made from an event’s object without asking libvirt, and be looked up by their first call', async () => {
    const { uuid, name } = await connection.lookupNetworkByName('default');
    expect(connection.network({ uuid })).to.include({ uuid, name: '' });
    expect(await connection.network({ uuid, name }).isActive()).to.equal(true);
    const pool = await connection.lookupStoragePoolByName('default-pool');
    expect(await connection.storagePool(pool).isActive()).to.equal(true);
    expect(connection.nodeDevice({ name: 'computer' })).to.have.property('name', 'computer');
    const error = await rejection(connection.nodeDevice({ name: 'nothing' }).isActive());
    expect(error)
      .to.be.instanceOf(LibvirtError)
      .and.include({
        code: isAtLeast(7, 8) ? 'VIR_ERR_NO_NODE_DEVICE' : 'VIR_ERR_NO_SUPPORT',
      });
    expect(connection.secret({ uuid: nobody })).to.include({
      uuid: nobody,
      usageType: 'unknown',
      usageTypeNumber: -1,
      usageId: '',
    });
    expect(connection.secret({ uuid: nobody, usageTypeNumber: 2, usageId: 'x' })).to.include({
      usageType: 'ceph',
      usageId: 'x',
    });
  });

  it('should give their events', async () => {
    const pool = await connection.lookupStoragePoolByName('default-pool');
    await new Promise<void>((onRegistered) => {
      void firstValueFrom(pool.events('refresh', { onRegistered }), { defaultValue: undefined });
    });
    const network = await connection.lookupNetworkByName('default');
    await new Promise<void>((onRegistered) => {
      void firstValueFrom(network.events('lifecycle', { onRegistered }), { defaultValue: undefined });
    });
    const device = connection.nodeDevice({ name: 'computer' });
    await new Promise<void>((onRegistered) => {
      void firstValueFrom(device.events('lifecycle', { onRegistered }), { defaultValue: undefined });
    });
  });

  it('should reject with LibvirtError when there is none', async () => {
    for (const [look, code] of [
      [() => connection.lookupNetworkByName('nobody'), 'VIR_ERR_NO_NETWORK'],
      [() => connection.lookupNetworkByUuid(nobody), 'VIR_ERR_NO_NETWORK'],
      [() => connection.lookupStoragePoolByName('nobody'), 'VIR_ERR_NO_STORAGE_POOL'],
      [() => connection.lookupStoragePoolByUuid(nobody), 'VIR_ERR_NO_STORAGE_POOL'],
      [() => connection.lookupNodeDeviceByName('nobody'), 'VIR_ERR_NO_NODE_DEVICE'],
      [() => connection.lookupInterfaceByName('nobody'), 'VIR_ERR_NO_INTERFACE'],
      [() => connection.lookupSecretByUuid(nobody), 'VIR_ERR_NO_SUPPORT'],
      [() => connection.lookupSecretByUsage('ceph', 'nobody'), 'VIR_ERR_NO_SUPPORT'],
      [() => connection.listSecrets(), 'VIR_ERR_NO_SUPPORT'],
      [() => connection.listNwFilters(), 'VIR_ERR_NO_SUPPORT'],
      [() => connection.lookupNwFilterByName('nobody'), 'VIR_ERR_NO_SUPPORT'],
      [() => connection.lookupNwFilterByUuid(nobody), 'VIR_ERR_NO_SUPPORT'],
    ] as const) {
      const error = await rejection(look());
      expect(error, code).to.be.instanceOf(LibvirtError).and.include({ code });
      expect(error)
        .to.have.property('message')
        .that.matches(/ can't be (looked up|listed) on test:\/\/\/default: /);
    }
  });

  it('should refuse wrong arguments with TypeError', async () => {
    for (const refused of [
      () => connection.listDomains(wrong({ active: 1 })),
      () => connection.listDomains(wrong({ activ: true })),
      () => connection.listDomains({ state: wrong('flying') }),
      () => connection.listDomains({ state: wrong(['running', undefined]) }),
      () => connection.lookupDomainById(wrong('1')),
      () => connection.lookupDomainByName('test', wrong({ signal: 1 })),
      () => connection.listNetworks(wrong({ hasSnapshot: true })),
      () => connection.listStoragePools(wrong(null)),
      () => connection.listNodeDevices(wrong({ capability: 'flying' })),
      () => connection.listSecrets(wrong({ active: true })),
      () => connection.listInterfaces(wrong([])),
      () => connection.lookupNetworkByName(wrong(undefined)),
      () => connection.lookupStoragePoolByUuid('\0'),
      () => connection.lookupSecretByUsage(wrong('unknown'), 'x'),
      () => connection.lookupSecretByUsage('ceph', wrong(1)),
    ]) {
      expect(await rejection(refused()), String(refused)).to.be.instanceOf(TypeError);
    }
    expect(() => connection.network(wrong({}))).to.throw(TypeError, 'a network must have a uuid, a string');
    expect(() => connection.nodeDevice(wrong({}))).to.throw(
      TypeError,
      'a node device must have a name, a string',
    );
    for (const Made of [Interface, Network, NodeDevice, NwFilter, Secret, StoragePool]) {
      expect(() => new (wrong(Made) as new (name: string) => unknown)('default'), Made.name).to.throw(
        TypeError,
        'is made by a connection: lookup',
      );
    }
  });

  it('should reject with ConnectionClosedError once the connection is closed', async () => {
    const network = await connection.lookupNetworkByName('default');
    const [pool] = await connection.listStoragePools();
    await connection.close();
    for (const late of [
      () => connection.listDomains(),
      () => connection.listNetworks(),
      () => connection.lookupNetworkByName('default'),
      () => network.isActive(),
      () => pool?.info() ?? Promise.resolve(),
    ]) {
      expect(await rejection(late()), String(late)).to.be.instanceOf(ConnectionClosedError);
    }
    expect(() => connection.network(network)).to.throw(ConnectionClosedError);
  });

  it('should reject a list with ConnectionClosedError, or give it, when the connection is closed meanwhile', async () => {
    const listing = connection.listDomains();
    await connection.close();
    const outcome = await listing.then(
      (domains) => domains.length,
      (error: unknown) => error,
    );
    expect(outcome === 1 || outcome instanceof ConnectionClosedError).to.equal(true);
  });
});
