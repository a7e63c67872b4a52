import { expect } from 'chai';
import { Connection, Snapshot, type Domain } from '../../lib/index.js';
import { requireLibvirt } from '../support/installed/require-libvirt.js';
import { rejection } from '../support/rejection.js';
import { ownTestHost } from '../support/test-host.js';

const named = (name: string): string => `<domainsnapshot><name>${name}</name></domainsnapshot>`;
const names = async (listed: Promise<readonly Snapshot[]>): Promise<string[]> =>
  (await listed).map(({ name }) => name).sort();

describe('Snapshot', () => {
  let connection: Connection;
  let domain: Domain;
  beforeEach(async () => {
    connection = await Connection.open(ownTestHost);
    domain = await connection.lookupDomainByName('test');
  });
  afterEach(() => connection.close());

  it('should be made, listed and looked up by its name', async () => {
    expect(await domain.hasCurrentSnapshot()).to.equal(false);
    expect(await domain.listSnapshots()).to.deep.equal([]);
    const made = await domain.createSnapshot(named('first'));
    expect(made).to.be.instanceOf(Snapshot).and.to.include({ name: 'first' });
    expect(await domain.hasCurrentSnapshot()).to.equal(true);
    expect(await names(domain.listSnapshots())).to.deep.equal(['first']);
    const found = await domain.lookupSnapshotByName('first');
    expect(await found.xml()).to.equal(await made.xml());
    expect(await made.xml({ secure: true })).to.match(/<name>first<\/name>\s*<state>running<\/state>/);
  });

  it('should have libvirt’s own name when the XML has none', async () => {
    expect((await domain.createSnapshot('<domainsnapshot/>')).name).to.match(/^\d+$/);
  });

  it('should know its parent, its children and which is current', async () => {
    const first = await domain.createSnapshot(named('first'));
    const second = await domain.createSnapshot(named('second'));
    const third = await domain.createSnapshot(named('third'));
    expect((await third.parent()).name).to.equal('second');
    expect((await (await third.parent()).parent()).name).to.equal('first');
    expect(await rejection(first.parent())).to.include({ code: 'VIR_ERR_NO_DOMAIN_SNAPSHOT' });
    expect(await names(first.listChildren())).to.deep.equal(['second']);
    expect(await names(first.listChildren({ descendants: true }))).to.deep.equal(['second', 'third']);
    expect(await names(first.listChildren({ descendants: true, leaves: true }))).to.deep.equal(['third']);
    expect(await names(first.listChildren({ descendants: true, leaves: false }))).to.deep.equal(['second']);
    expect([await second.isCurrent(), await third.isCurrent()]).to.deep.equal([false, true]);
    expect((await domain.currentSnapshot()).name).to.equal('third');
    expect(await second.hasMetadata()).to.equal(true);
  });

  it('should be listed by what the options select', async () => {
    await domain.createSnapshot(named('running'));
    await domain.destroy();
    await domain.createSnapshot(named('stopped'));
    const list = (options: Parameters<Domain['listSnapshots']>[0]) => names(domain.listSnapshots(options));
    expect(await list({ roots: true })).to.deep.equal(['running']);
    expect(await list({ leaves: true })).to.deep.equal(['stopped']);
    expect(await list({ leaves: false })).to.deep.equal(['running']);
    expect(await list({ taken: 'active' })).to.deep.equal(['running']);
    expect(await list({ taken: 'inactive' })).to.deep.equal(['stopped']);
    expect(await list({ taken: 'disk-only' })).to.deep.equal([]);
    expect(await list({ external: true })).to.deep.equal([]);
    expect(await list({ external: false })).to.deep.equal(['running', 'stopped']);
    expect(await list({ metadata: true })).to.deep.equal(['running', 'stopped']);
    expect(await list({ metadata: false })).to.deep.equal([]);
    const inOrder = (await domain.listSnapshots({ topological: true })).map(({ name }) => name);
    expect(inOrder).to.deep.equal(['running', 'stopped']);
  });

  it('should bring its domain back to what it was', async function () {
    requireLibvirt(this, 9, 0);
    const running = await domain.createSnapshot(named('running'));
    await domain.destroy();
    await running.revert();
    expect(await domain.state()).to.include({ state: 'running', reason: 'from-snapshot' });
    await running.revert({ state: 'paused', force: true });
    expect(await domain.state()).to.include({ state: 'paused' });
    await running.revert({ state: 'running' });
    expect(await domain.state()).to.include({ state: 'running' });
  });

  it('should pass how it is made', async () => {
    await domain.createSnapshot(named('halting'), { halt: true });
    expect(await domain.state()).to.include({ state: 'shutoff' });
    const made = await domain.lookupSnapshotByName('halting');
    const xml = await made.xml();
    await made.delete();
    const again = await domain.createSnapshot(xml, { redefine: true, current: true });
    expect(await again.isCurrent()).to.equal(true);
    expect(await again.xml()).to.equal(xml);
  });

  it('should be deleted, with its children or only they', async () => {
    const first = await domain.createSnapshot(named('first'));
    const second = await domain.createSnapshot(named('second'));
    await domain.createSnapshot(named('third'));
    await second.delete({ childrenOnly: true });
    expect(await names(domain.listSnapshots())).to.deep.equal(['first', 'second']);
    await first.delete({ children: true });
    expect(await names(domain.listSnapshots())).to.deep.equal([]);
    expect(await rejection(domain.lookupSnapshotByName('first'))).to.include({
      code: 'VIR_ERR_NO_DOMAIN_SNAPSHOT',
      call: 'virDomainSnapshotLookupByName',
    });
    expect(await rejection(domain.currentSnapshot())).to.include({ code: 'VIR_ERR_NO_DOMAIN_SNAPSHOT' });
  });

  it('should be named in messages together with its domain', async () => {
    const first = await domain.createSnapshot(named('first'));
    expect(await rejection(first.parent()))
      .to.have.property('message')
      .that.includes("'first' of domain 'test'");
  });

  it('should be made by a domain only', () => {
    const Make = Snapshot as unknown as new () => Snapshot;
    expect(() => new Make()).to.throw(TypeError, 'createSnapshot()');
  });
});
