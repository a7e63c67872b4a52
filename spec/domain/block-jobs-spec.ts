import { expect } from 'chai';
import { Connection, type Domain, type DomainBlockJob2Event } from '../../lib/index.js';
import { showLogOnFailure } from '../support/libvirtd/show-log.js';
import { diskXml } from '../support/qemu/domain-xml.js';
import { firstEvent } from '../support/qemu/first-event.js';
import { Guest } from '../support/qemu/guest.js';
import { QemuHost } from '../support/qemu/qemu-host.js';
import { requireQemu } from '../support/qemu/require-qemu.js';
import { rejection } from '../support/rejection.js';

describe('the block jobs of a domain', () => {
  requireQemu();
  let host: QemuHost;
  let connection: Connection;
  let guest: Guest;
  let domain: Domain;
  let count = 0;
  showLogOnFailure(() => host);

  before(async () => {
    host = await QemuHost.start();
    connection = await Connection.open(host.uri);
  });
  beforeEach(async () => {
    guest = new Guest(host, `blocks${(count += 1)}`);
    const file = await guest.image('disk.qcow2');
    await guest.createPaused({ devices: [diskXml({ file, target: 'vda', bus: 'virtio' })] });
    domain = await connection.lookupDomainByName(guest.name);
  });
  afterEach(() => guest.remove());
  after(async () => {
    await connection.close();
    await host.stop();
  });

  /** Begins a job, and resolves when it is in a status. */
  const until = (
    status: DomainBlockJob2Event['status'],
    act: () => Promise<unknown>,
  ): Promise<DomainBlockJob2Event> =>
    firstEvent(connection, domain, 'block-job-2', (event) => event.status === status, act);

  /** Puts a new file above the disk's present one. */
  const overlay = (name: string): Promise<unknown> => {
    const disk = `<disk name="vda"><source file="${guest.path(name)}"/></disk>`;
    const xml = `<domainsnapshot><disks>${disk}</disks></domainsnapshot>`;
    return domain.createSnapshot(xml, { diskOnly: true, noMetadata: true, atomic: true });
  };

  /** The files of the disk, from the uppermost on. */
  const chain = async (): Promise<string[]> => {
    const xml = await domain.xml();
    const disk = /<disk [\s\S]*?<\/disk>/.exec(xml)?.[0] ?? '';
    const prefix = guest.path('');
    return [...disk.matchAll(/<source file='([^']*)'/g)].map(([, file = '']) => file.replace(prefix, ''));
  };

  const copyXml = () =>
    `<disk type="file"><source file="${guest.path('copy.qcow2')}"/><driver type="qcow2"/></disk>`;

  it('should be none at first', async () => {
    expect(await domain.blockJobInfo('vda')).to.equal(null);
    expect(await rejection(domain.blockJobInfo('vdb'))).to.include({ code: 'VIR_ERR_INVALID_ARG' });
  });

  it('should copy a disk, and let the guest go on with the copy', async () => {
    const options = { transientJob: true, bandwidthBytesPerSecond: 1_234_567, granularityBytes: 65_536 };
    await until('ready', () => domain.blockCopy('vda', copyXml(), options));
    expect(await domain.blockJobInfo('vda')).to.deep.equal({
      type: 'block-copy',
      bandwidthBytesPerSecond: 1_234_567,
      cur: 4 * 2 ** 20,
      end: 4 * 2 ** 20,
    });
    await domain.setBlockJobSpeed('vda', 7_654_321);
    expect(await domain.blockJobInfo('vda')).to.include({ bandwidthBytesPerSecond: 7_654_321 });
    await until('completed', () => domain.abortBlockJob('vda', { pivot: true, async: true }));
    expect(await chain()).to.deep.equal(['copy.qcow2']);
    expect(await domain.blockJobInfo('vda')).to.equal(null);
  });

  it('should end without effect when they are aborted', async () => {
    await until('ready', () => domain.blockCopy('vda', copyXml(), { transientJob: true }));
    await until('canceled', () => domain.abortBlockJob('vda'));
    expect(await chain()).to.deep.equal(['disk.qcow2']);
  });

  it('should pull all backing files into a disk', async () => {
    await overlay('top');
    expect(await chain()).to.deep.equal(['top', 'disk.qcow2']);
    await until('completed', () => domain.blockPull('vda', { bandwidthBytesPerSecond: 2 ** 30 }));
    expect(await chain()).to.deep.equal(['top']);
  });

  it('should pull some backing files into a disk', async () => {
    await overlay('middle');
    await overlay('top');
    await until('completed', () => domain.blockRebase('vda', { base: guest.path('disk.qcow2') }));
    expect(await chain()).to.deep.equal(['top', 'disk.qcow2']);
    await until('completed', () => domain.blockRebase('vda'));
    expect(await chain()).to.deep.equal(['top']);
  });

  it('should copy a disk by a rebase', async () => {
    await until('ready', () =>
      domain.blockRebase('vda', { copy: true, copyRaw: true, base: guest.path('raw') }),
    );
    expect(await domain.blockJobInfo('vda')).to.include({ type: 'block-copy' });
    await until('completed', () => domain.abortBlockJob('vda', { pivot: true }));
    expect(await chain()).to.deep.equal(['raw']);
    expect(await domain.xml()).to.match(/<driver name='qemu' type='raw'[^>]*>\s*<source file='[^']*raw'/);
  });

  it('should commit a file in the middle', async () => {
    await overlay('middle');
    await overlay('top');
    const options = { base: guest.path('disk.qcow2'), top: guest.path('middle'), shallow: false };
    await until('completed', () => domain.blockCommit('vda', options));
    expect(await chain()).to.deep.equal(['top', 'disk.qcow2']);
  });

  it('should commit the file that the guest writes to', async () => {
    await overlay('top');
    await until('ready', () => domain.blockCommit('vda', { active: true, shallow: true }));
    expect(await domain.blockJobInfo('vda')).to.include({ type: 'active-block-commit' });
    await until('completed', () => domain.abortBlockJob('vda', { pivot: true }));
    expect(await chain()).to.deep.equal(['disk.qcow2']);
  });
});
