import { expect } from 'chai';
import { firstValueFrom, lastValueFrom, tap, toArray } from 'rxjs';
import { Connection, type BlockJobProgress, type Domain, type DomainJobStats } from '../../lib/index.js';
import { requireLibvirt } from '../support/installed/require-libvirt.js';
import { diskXml } from '../support/qemu/domain-xml.js';
import { Guest } from '../support/qemu/guest.js';
import { QemuHost } from '../support/qemu/qemu-host.js';
import { requireQemu } from '../support/qemu/require-qemu.js';
import { rejection } from '../support/rejection.js';

describe('the progress of a domain’s jobs', () => {
  requireQemu();
  let host: QemuHost;
  let destination: QemuHost;
  let connection: Connection;
  before(async () => {
    host = await QemuHost.start();
    destination = await QemuHost.start();
    connection = await Connection.open(host.uri);
  });
  after(async () => {
    await connection.close();
    await host.stop();
    await destination.stop();
  });

  /** The promise that `begin` makes, and one that resolves when it has called its argument. */
  function begun<T>(begin: (onRegistered: () => void) => Promise<T>): [Promise<T>, Promise<void>] {
    let tell = (): void => undefined;
    const watching = new Promise<void>((resolve) => (tell = resolve));
    return [
      begin(() => {
        tell();
      }),
      watching,
    ];
  }

  const started = async (
    guest: Guest,
    options: Parameters<Guest['createPaused']>[0] = {},
  ): Promise<Domain> => {
    await guest.createPaused(options);
    return connection.lookupDomainByName(guest.name);
  };

  it('should be that of a migration, from before it begins up to its end, beside the call that waits for it', async () => {
    await using guest = new Guest(host, 'moves');
    const domain = await started(guest, { memoryMiB: 256 });
    const [progress, watching] = begun((onRegistered) =>
      lastValueFrom(domain.jobProgress({ interval: 10, onRegistered }).pipe(toArray())),
    );
    await watching;
    await domain.setMigrationMaxSpeed(50);
    await domain.migrateToUri(
      destination.uri,
      { uri: `unix://${destination.directory.join('progress')}` },
      { peer2peer: true, live: true, unsafe: true },
    );
    const items = await progress;
    const last = items.at(-1) as DomainJobStats;
    expect(items.length).to.be.above(1);
    expect(items[0]).to.include({ operation: 'outgoing-migration' });
    expect(last).to.have.property('type', 'completed');
    expect(last.memoryTotalBytes).to.be.above(256 * 2 ** 20);
    const other = await Connection.open(destination.uri);
    await (await other.lookupDomainByName('moves')).destroy();
    await other.close();
  });

  it('should be that of a dump of its memory, whose outcome only the call tells', async () => {
    await using guest = new Guest(host, 'dumps');
    const domain = await started(guest);
    const [outcome, watching] = begun((onRegistered) =>
      lastValueFrom(domain.jobProgress({ interval: 5, onRegistered })),
    );
    await watching;
    await domain.coreDump(guest.path('core'), { memoryOnly: true });
    // QEMU's driver keeps no statistics of it, so only a question just before its end tells that it was completed.
    const { type, operation } = await outcome;
    expect(operation).to.equal('dump');
    expect(type).to.be.oneOf(['unknown', 'completed']);
  });

  it('should be that of a copy of a disk, which is ready before it ends', async () => {
    await using guest = new Guest(host, 'copies');
    const file = await guest.image('disk.qcow2', '64M');
    const domain = await started(guest, { devices: [diskXml({ file, target: 'vda', bus: 'virtio' })] });
    const statuses: BlockJobProgress['status'][] = [];
    let late: Promise<unknown> | undefined;
    const byPath = lastValueFrom(domain.blockJobProgress(file, { interval: 5 }));
    let pivoted: Promise<void> | undefined;
    const [copying, watching] = begun((onRegistered) =>
      lastValueFrom(
        domain.blockJobProgress('vda', { interval: 5, onRegistered }).pipe(
          tap(({ status, cur, end }) => {
            statuses.push(status);
            if (status !== 'ready') return;
            expect(cur).to.equal(end);
            // No event tells who comes later, and it stays ready when it is asked for again.
            late ??= firstValueFrom(domain.blockJobProgress('vda'));
            pivoted ??= late.then(() => domain.abortBlockJob('vda', { pivot: true }));
          }),
        ),
      ),
    );
    await watching;
    const copy = `<disk type="file"><source file="${guest.path('copy')}"/><driver type="qcow2"/></disk>`;
    await domain.blockCopy('vda', copy, { transientJob: true });
    const last = await copying;
    await pivoted;
    expect(last).to.include({ status: 'completed', type: 'block-copy' });
    expect(await late).to.have.property('status', 'ready');
    // The domain has another path now.
    expect(await byPath).to.include({ status: 'ended', type: 'block-copy' });
    expect(statuses).to.include.members(['ready', 'completed']);
    expect(statuses.slice(statuses.indexOf('ready'))).not.to.include('running');
  });

  it('should be that of a backup, which has no statistics while it begins and ends', async function () {
    // The driver of 7.0 has no backups.
    requireLibvirt(this, 9, 0);
    await using guest = new Guest(host, 'is-saved');
    const file = await guest.image('disk.qcow2', '8M');
    const domain = await started(guest, { devices: [diskXml({ file, target: 'vda', bus: 'virtio' })] });
    for (let round = 0; round < 5; round++) {
      const [outcome, watching] = begun((onRegistered) =>
        lastValueFrom(domain.jobProgress({ interval: 1, onRegistered })),
      );
      await watching;
      const target = `<target file="${guest.path(`copy-${round}`)}"/>`;
      await domain.beginBackup(
        `<domainbackup><disks><disk name="vda" type="file">${target}</disk></disks></domainbackup>`,
      );
      expect(await outcome).to.include({ type: 'completed', operation: 'backup' });
    }
  });

  it('should have an outcome when the guest is destroyed meanwhile', async () => {
    await using guest = new Guest(host, 'dies');
    const file = await guest.image('disk.qcow2', '8M');
    const domain = await started(guest, { devices: [diskXml({ file, target: 'vda', bus: 'virtio' })] });
    const [outcome, watching] = begun((onRegistered) =>
      lastValueFrom(
        domain.blockJobProgress('vda', { interval: 1, onRegistered }).pipe(
          tap(({ status }) => {
            if (status === 'ready') destroyed ??= domain.destroy();
          }),
        ),
      ),
    );
    let destroyed: Promise<void> | undefined;
    await watching;
    const copy = `<disk type="file"><source file="${guest.path('copy')}"/><driver type="qcow2"/></disk>`;
    await domain.blockCopy('vda', copy, { transientJob: true });
    const { status } = await outcome;
    await destroyed;
    expect(status).to.be.oneOf(['ended', 'failed', 'canceled']);
  });

  it('should complete when the connection is closed', async () => {
    await using guest = new Guest(host, 'is-left');
    const file = await guest.image('disk.qcow2');
    await started(guest, { devices: [diskXml({ file, target: 'vda', bus: 'virtio' })] });
    const other = await Connection.open(host.uri);
    const domain = await other.lookupDomainByName(guest.name);
    const all = [
      begun((onRegistered) => lastValueFrom(domain.jobProgress({ onRegistered }).pipe(toArray()))),
      begun((onRegistered) =>
        lastValueFrom(domain.blockJobProgress('vda', { onRegistered }).pipe(toArray())),
      ),
    ];
    await Promise.all(all.map(([, watching]) => watching));
    await other.close();
    for (const [ended] of all) expect(await ended).to.deep.equal([]);
  });

  it('should leave no connection when it is unsubscribed, at once or later', async () => {
    await using guest = new Guest(host, 'idle');
    const domain = await started(guest);
    domain.jobProgress().subscribe().unsubscribe();
    const subscription = domain.jobProgress({ interval: 1 }).subscribe();
    await domain.state();
    subscription.unsubscribe();
  });

  it('should end with an error when the domain is gone before a job has begun', async () => {
    await using guest = new Guest(host, 'gone');
    const file = await guest.image('disk.qcow2');
    const domain = await started(guest, { devices: [diskXml({ file, target: 'vda', bus: 'virtio' })] });
    const waiting = [
      begun((onRegistered) => rejection(lastValueFrom(domain.jobProgress({ interval: 5, onRegistered })))),
      begun((onRegistered) =>
        rejection(lastValueFrom(domain.blockJobProgress('vda', { interval: 5, onRegistered }))),
      ),
    ];
    for (const [, watching] of waiting) await watching;
    await domain.destroy();
    for (const [ended] of waiting) expect(await ended).to.have.property('code', 'VIR_ERR_NO_DOMAIN');
  });

  it('should refuse wrong arguments at once, and end with an error when the connection is closed', async () => {
    const domain = connection.domain({ uuid: '00000000-0000-0000-0000-000000000001' });
    expect(() => domain.jobProgress({ interval: 0 })).to.throw(RangeError);
    expect(() => domain.jobProgress({ intervall: 5 } as object)).to.throw(TypeError, 'interval');
    expect(() => domain.blockJobProgress(5 as unknown as string)).to.throw(TypeError);
    const closed = await Connection.open(host.uri);
    const other = closed.domain(domain);
    await closed.close();
    expect(await rejection(firstValueFrom(other.jobProgress()))).to.have.property(
      'name',
      'ConnectionClosedError',
    );
  });
});
