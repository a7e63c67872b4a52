import { expect } from 'chai';
import { Connection, type Domain } from '../../lib/index.js';
import { requireLibvirt } from '../support/installed/require-libvirt.js';
import { showLogOnFailure } from '../support/libvirtd/show-log.js';
import { diskXml } from '../support/qemu/domain-xml.js';
import { firstEvent } from '../support/qemu/first-event.js';
import { Guest } from '../support/qemu/guest.js';
import { QemuHost } from '../support/qemu/qemu-host.js';
import { requireQemu } from '../support/qemu/require-qemu.js';
import { rejection } from '../support/rejection.js';

describe('the jobs of a domain', () => {
  requireQemu();
  let host: QemuHost;
  let destination: QemuHost;
  let connection: Connection;
  let guest: Guest;
  let domain: Domain;
  let count = 0;
  showLogOnFailure(() => host);

  before(async () => {
    host = await QemuHost.start();
    destination = await QemuHost.start();
    connection = await Connection.open(host.uri);
  });
  beforeEach(async () => {
    guest = new Guest(host, `job${(count += 1)}`);
    const file = await guest.image('disk.qcow2');
    await guest.createPaused({ devices: [diskXml({ file, target: 'vda', bus: 'virtio' })] });
    domain = await connection.lookupDomainByName(guest.name);
  });
  afterEach(() => guest.remove());
  after(async () => {
    await connection.close();
    await host.stop();
    await destination.stop();
  });

  it('should be none at first', async () => {
    expect(await domain.jobStats()).to.deep.equal({ type: 'none' });
    expect(await domain.jobStats({ completed: true })).to.deep.equal({ type: 'none' });
    const none = { code: 'VIR_ERR_OPERATION_INVALID' };
    expect(await rejection(domain.abortJob())).to.include({ ...none, call: 'virDomainAbortJob' });
    expect(await rejection(domain.startPostCopy())).to.include(none);
  });

  it('should keep the limits of migrations', async () => {
    // Without a limit, libvirt tells the greatest that QEMU has.
    expect(await domain.migrationMaxSpeed()).to.equal(8_796_093_022_207);
    await domain.setMigrationMaxSpeed(12);
    await domain.setMigrationMaxSpeed(34, { postcopy: true });
    expect(await domain.migrationMaxSpeed()).to.equal(12);
    expect(await domain.migrationMaxSpeed({ postcopy: true })).to.equal(34);
    await domain.setMigrationMaxDowntime(777);
    expect(await domain.migrationMaxDowntime()).to.equal(777);
    await domain.setMigrationCompressionCache(2 ** 27);
    expect(await domain.migrationCompressionCache()).to.equal(2 ** 27);
  });

  it('should move the domain to another host, and tell how that was', async () => {
    const uri = `unix://${destination.directory.join('migration')}`;
    await domain.migrateToUri(
      destination.uri,
      {
        uri,
        destinationName: 'moved',
        bandwidthMiBps: 100,
        autoConvergeInitialPercent: 10,
        autoConvergeIncrementPercent: 5,
      },
      { peer2peer: true, live: true, persistDest: true, unsafe: true, autoConverge: true },
    );
    const other = await Connection.open(destination.uri);
    const moved = await other.lookupDomainByName('moved');
    expect(await moved.state()).to.include({ state: 'paused' });
    expect(await moved.isPersistent()).to.equal(true);
    const stats = await moved.jobStats({ completed: true, keepCompleted: true });
    expect(stats).to.include({ type: 'completed', operation: 'incoming-migration' });
    expect(stats.memoryTotalBytes)
      .to.be.greaterThan(32 * 2 ** 20)
      .and.below(2 ** 31);
    expect(stats.memoryPageSizeBytes).to.equal(4096);
    expect(stats.timeElapsedMs).to.be.a('number').and.below(60_000);
    // All of it has a name of this library, with a unit.
    expect(Object.keys(stats).filter((name) => name.includes('_'))).to.deep.equal([]);
    expect(await moved.jobStats({ completed: true })).to.include({ type: 'completed' });
    expect(await moved.jobStats({ completed: true })).to.deep.equal({ type: 'none' });
    await moved.destroy();
    await moved.undefine();
    await other.close();
  });

  it('should tell how far a migration is, and be aborted', async () => {
    await using large = new Guest(host, 'large');
    await large.createPaused({ memoryMiB: 2048 });
    domain = await connection.lookupDomainByName('large');
    await domain.setMigrationMaxSpeed(1);
    const uri = `unix://${destination.directory.join('aborted')}`;
    let migration: Promise<unknown> = Promise.resolve();
    const migrate = () => {
      const options = { peer2peer: true, live: true };
      migration = rejection(domain.migrateToUri(destination.uri, { uri }, options));
      return Promise.resolve();
    };
    await firstEvent(connection, domain, 'migration-iteration', () => true, migrate);
    // The connection has one call at once, and the migration is such a call.
    await using beside = await Connection.open(host.uri);
    const same = beside.domain(domain);
    const stats = await same.jobStats();
    expect(stats).to.include({ type: 'unbounded', operation: 'outgoing-migration' });
    expect(stats.memoryRemainingBytes).to.be.a('number');
    await same.abortJob();
    expect(await migration).to.include({ code: 'VIR_ERR_OPERATION_ABORTED', call: 'virDomainMigrateToURI3' });
    expect(await domain.jobStats()).to.deep.equal({ type: 'none' });
    expect(await domain.jobStats({ completed: true })).to.deep.equal({ type: 'none' });
  });

  it('should reject when a migration is not safe, or there is no such host', async function () {
    requireLibvirt(this, 9, 0);
    const destinationUri = 'qemu+unix:///session?socket=/nowhere';
    const migrate = (unsafe: boolean) => domain.migrateToUri(destinationUri, {}, { peer2peer: true, unsafe });
    expect(await rejection(migrate(false))).to.include({
      code: 'VIR_ERR_MIGRATE_UNSAFE',
      call: 'virDomainMigrateToURI3',
    });
    expect(await rejection(migrate(true)))
      .to.include({ code: 'VIR_ERR_SYSTEM_ERROR' })
      .and.to.have.property('message')
      .that.includes('/nowhere');
    expect(await domain.isActive()).to.equal(true);
  });

  it('should back its disks up, and be ended', async function () {
    requireLibvirt(this, 9, 0);
    const disk = `<disk name="vda" backup="yes" type="file"><scratch file="${guest.path('scratch')}"/></disk>`;
    const server = `<server transport="unix" socket="${guest.path('nbd')}"/>`;
    const xml = `<domainbackup mode="pull">${server}<disks>${disk}</disks></domainbackup>`;
    const checkpointXml = '<domaincheckpoint><name>before</name></domaincheckpoint>';
    await domain.beginBackup(xml, { checkpointXml });
    expect(await domain.backupXml()).to.include(guest.path('scratch'));
    expect((await domain.listCheckpoints()).map(({ name }) => name)).to.deep.equal(['before']);
    expect(await domain.jobStats()).to.include({ type: 'unbounded', operation: 'backup' });
    expect(await domain.controlInfo()).to.include({ error: 'none' });
    await firstEvent(
      connection,
      domain,
      'job-completed',
      () => true,
      () => domain.abortJob(),
    );
    expect(await rejection(domain.backupXml())).to.include({ code: 'VIR_ERR_NO_DOMAIN_BACKUP' });
    const stats = await domain.jobStats({ completed: true });
    expect(stats).to.include({ type: 'completed', operation: 'backup', success: true });
    expect(stats.diskTempTotalBytes).to.equal(4 * 2 ** 20);
  });

  it('should make checkpoints, which tell what was written since', async function () {
    requireLibvirt(this, 9, 0);
    const checkpoint = await domain.createCheckpoint(
      '<domaincheckpoint><name>first</name></domaincheckpoint>',
    );
    expect(await checkpoint.xml({ size: true, noDomain: true })).to.match(/<disk name='vda' .* size='0'\/>/);
    await checkpoint.delete();
    expect(await domain.listCheckpoints()).to.deep.equal([]);
  });

  it('should save its state, also with another definition', async () => {
    await using kept = new Guest(host, 'kept');
    await kept.define();
    domain = await connection.lookupDomainByName('kept');
    await domain.create({ paused: true });
    await domain.managedSave({ state: 'running' });
    expect(await domain.hasManagedSaveImage()).to.equal(true);
    const xml = await domain.managedSaveXml({ secure: true });
    expect(xml).to.include('<name>kept</name>');
    const other = xml.replace('</name>', '</name><title>saved</title>');
    await domain.defineManagedSaveXml(other, { state: 'paused' });
    expect(await domain.managedSaveXml()).to.include('<title>saved</title>');
    await domain.create();
    expect(await domain.state()).to.include({ state: 'paused' });
    const file = kept.path('saved');
    await domain.save(file, { state: 'paused', xml: await domain.xml({ migratable: true }) });
    expect(await domain.isActive()).to.equal(false);
  });

  it('should dump its memory', async () => {
    await domain.coreDump(guest.path('raw'), { memoryOnly: true });
    await domain.coreDump(guest.path('zlib'), { memoryOnly: true, format: 'kdump-zlib', bypassCache: false });
    expect(await domain.state()).to.include({ state: 'paused' });
    await domain.coreDump(guest.path('last'), { memoryOnly: true, crash: true });
    expect(await domain.isActive().catch(() => false)).to.equal(false);
  });
});
