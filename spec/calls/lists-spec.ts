import { expect } from 'chai';
import { ConnectionClosedError, LibvirtError, type Connection } from '../../lib/index.js';
import { ScriptedConnection } from '../support/connection/scripted-connection.js';
import { isAtLeast } from '../support/installed/installed-libvirt.js';
import { rejection } from '../support/rejection.js';

const uuid = (last: number): string => `00000000-0000-4000-8000-${String(last).padStart(12, '0')}`;

/** The names of what a list has, in the order of the list. */
const names = async (list: Promise<readonly { readonly name: string }[]>): Promise<string[]> =>
  (await list).map(({ name }) => name);

describe('the lists of a connection', () => {
  let scripted: ScriptedConnection;
  let connection: Connection;
  beforeEach(async () => {
    scripted = await ScriptedConnection.open();
    ({ connection } = scripted);
  });
  afterEach(() => scripted.close());

  it('should pass libvirt’s flags for each option of each kind', async () => {
    const { domains, inventory } = scripted.daemon;
    domains.add('passing', uuid(1), 'running', false);
    for (const kept of [inventory.networks, inventory.storagePools]) {
      kept.push({ name: 'stopped', uuid: uuid(2), isActive: false });
      kept.push({ name: 'passing', uuid: uuid(3), isPersistent: false });
    }
    inventory.nodeDevices.push({ name: 'stopped', isActive: false });
    inventory.interfaces.push({ name: 'eth1', mac: '52:54:00:00:00:02', isActive: false });
    expect(await names(connection.listDomains())).to.deep.equal(['alpha', 'beta', 'gamma', 'passing']);
    expect(await names(connection.listDomains({ active: false }))).to.deep.equal(['gamma']);
    expect(await names(connection.listDomains({ persistent: false }))).to.deep.equal(['passing']);
    expect(await names(connection.listDomains({ active: true, persistent: true }))).to.deep.equal([
      'alpha',
      'beta',
    ]);
    for (const listed of [
      (options?: object) => names(connection.listNetworks(options)),
      (options?: object) => names(connection.listStoragePools(options)),
    ]) {
      expect(await listed()).to.deep.equal(['default', 'stopped', 'passing']);
      expect(await listed({ active: false })).to.deep.equal(['stopped']);
      expect(await listed({ active: true })).to.deep.equal(['default', 'passing']);
      expect(await listed({ persistent: false })).to.deep.equal(['passing']);
      expect(await listed({ persistent: true, active: undefined })).to.deep.equal(['default', 'stopped']);
    }
    expect(await names(connection.listNodeDevices({ active: true }))).to.deep.equal(['computer']);
    expect(await names(connection.listNodeDevices({ active: false }))).to.deep.equal(['stopped']);
    expect(await names(connection.listInterfaces({ active: true }))).to.deep.equal(['eth0']);
    expect(await names(connection.listInterfaces({ active: false }))).to.deep.equal(['eth1']);
    expect(await names(connection.listNwFilters())).to.deep.equal(['clean-traffic']);
  });

  it('should have secrets with their uses, which look-ups find', async () => {
    const { secrets } = scripted.daemon.inventory;
    secrets.push({ uuid: uuid(4), usageType: 2, usageId: 'client.admin', isEphemeral: true });
    secrets.push({ uuid: uuid(5), usageType: 99, usageId: 'new', isPrivate: true });
    const [volume, ceph, newer] = await connection.listSecrets();
    expect(volume).to.include({ usageType: 'volume', usageTypeNumber: 1, usageId: '/secret/volume' });
    expect(ceph).to.include({ uuid: uuid(4), usageType: 'ceph', usageId: 'client.admin' });
    expect(newer).to.include({ usageType: 'unknown', usageTypeNumber: 99, usageId: 'new' });
    expect(await connection.listSecrets({ ephemeral: true })).to.deep.equal([ceph]);
    expect(await connection.listSecrets({ private: true })).to.deep.equal([newer]);
    expect(await connection.listSecrets({ ephemeral: false, private: false })).to.deep.equal([volume]);
    expect(await connection.lookupSecretByUuid(uuid(4))).to.deep.equal(ceph);
    expect(await connection.lookupSecretByUsage('ceph', 'client.admin')).to.deep.equal(ceph);
    expect(await rejection(connection.lookupSecretByUsage('tls', 'nobody'))).to.include({
      code: 'VIR_ERR_NO_SECRET',
    });
    await new Promise<void>((onRegistered, reject) => {
      ceph?.events('lifecycle', { onRegistered }).subscribe({ error: reject });
    });
  });

  it('should have objects that can be called at once, without a look-up', async () => {
    const { daemon } = scripted;
    const devicesCanStop = isAtLeast(7, 8);
    daemon.inventory.nodeDevices.push({ name: 'stopped', isActive: false, isPersistent: false });
    const [, device] = await connection.listNodeDevices();
    const [network] = await connection.listNetworks();
    const [pool] = await connection.listStoragePools();
    const [found] = await connection.listInterfaces();
    const [alpha] = await connection.listDomains();
    const from = daemon.calls.length;
    if (devicesCanStop)
      expect([await device?.isActive(), await device?.isPersistent()]).to.deep.equal([false, false]);
    else
      expect(await rejection(Promise.resolve(device?.isActive()))).to.include({ code: 'VIR_ERR_NO_SUPPORT' });
    expect([await network?.isActive(), await network?.isPersistent()]).to.deep.equal([true, true]);
    expect([await pool?.isActive(), await pool?.isPersistent()]).to.deep.equal([true, true]);
    expect(await pool?.info()).to.include({ state: 'running', capacityBytes: 10_000_000_000 });
    expect(await found?.isActive()).to.equal(true);
    await alpha?.suspend();
    const called = daemon.calls.slice(from).map(({ procedure }) => procedure);
    expect(called).to.deep.equal([
      ...(devicesCanStop ? ['node-device-is-active', 'node-device-is-persistent'] : []),
      'network-is-active',
      'network-is-persistent',
      'storage-pool-is-active',
      'storage-pool-is-persistent',
      'storage-pool-get-info',
      'interface-is-active',
      'domain-suspend',
    ]);
  });

  it('should find network filters by name and by uuid', async () => {
    const [filter] = await connection.listNwFilters();
    expect(await connection.lookupNwFilterByName('clean-traffic')).to.deep.equal(filter);
    expect(await connection.lookupNwFilterByUuid(filter?.uuid ?? '')).to.deep.equal(filter);
    expect(await rejection(connection.lookupNwFilterByName('nobody'))).to.include({
      code: 'VIR_ERR_NO_NWFILTER',
    });
  });

  it('should reject with libvirt’s error, whose message says what was listed where', async () => {
    scripted.daemon.faults.fail('connect-list-all-domains', {
      code: 1,
      message: 'internal error: not today',
    });
    const error = await rejection(connection.listDomains());
    expect(error).to.be.instanceOf(LibvirtError).and.include({
      code: 'VIR_ERR_INTERNAL_ERROR',
      call: 'virConnectListAllDomains',
    });
    expect(error)
      .to.have.property('message')
      .that.matches(/^domains can't be listed on test\+unix:.*: internal error: not today$/);
  });

  it('should reject when the connection is closed before the answer, which is freed then', async () => {
    const { daemon } = scripted;
    const held = daemon.faults.hold('connect-list-all-domains');
    const listing = rejection(connection.listDomains());
    await daemon.waitFor('the call', () => held.waiting > 0 || undefined);
    await connection.close({ timeout: 0 });
    expect(await listing).to.be.instanceOf(ConnectionClosedError);
    held.release();
    await daemon.waitForClients(0);
  });

  it('should be complete and in libvirt’s order when there are thousands', async () => {
    const { domains } = scripted.daemon;
    for (let i = 0; i < 3000; i++) domains.add(`domain-${i}`, uuid(i));
    expect(await names(connection.listDomains())).to.deep.equal(domains.all.map(({ name }) => name));
  });

  it('should be complete where a program has replaced push() by one that takes one item, or none', async () => {
    const whole = await names(connection.listDomains());
    const own = Object.getOwnPropertyDescriptor(Array.prototype, 'push') as PropertyDescriptor;
    const one = function (this: unknown[], item: unknown) {
      this[this.length] = item;
      return this.length;
    };
    const none = () => {
      throw new Error('no');
    };
    for (const push of [one, none]) {
      // Only the addon's calls: the specs and Node use it too.
      const isAddons = (items: unknown[]) =>
        items.length > 1 && items.every((item) => typeof item === 'string');
      Object.defineProperty(Array.prototype, 'push', {
        ...own,
        value(this: unknown[], ...items: unknown[]) {
          return (isAddons(items) ? push : (own.value as (...all: unknown[]) => number)).apply(
            this,
            items as [unknown],
          );
        },
      });
      const listed = await names(connection.listDomains()).finally(() => {
        Object.defineProperty(Array.prototype, 'push', own);
      });
      expect(listed).to.deep.equal(whole);
    }
  });

  it('should outlive their connection only as objects whose calls reject', async () => {
    const domains = await connection.listDomains();
    await connection.close();
    for (const domain of domains) {
      expect(await rejection(domain.state()), domain.name).to.be.instanceOf(ConnectionClosedError);
    }
  });
});
