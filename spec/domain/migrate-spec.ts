import { expect } from 'chai';
import {
  Connection,
  ConnectionClosedError,
  Domain,
  TimeoutError,
  type MigrateOptions,
} from '../../lib/index.js';
import { Guest } from '../support/qemu/guest.js';
import { QemuHost } from '../support/qemu/qemu-host.js';
import { requireQemu } from '../support/qemu/require-qemu.js';
import { rejection } from '../support/rejection.js';
import { ownTestHost } from '../support/test-host.js';

const wrong = (value: unknown): never => value as never;

describe('a migration between two connections', () => {
  requireQemu();
  let host: QemuHost;
  let otherHost: QemuHost;
  let source: Connection;
  let destination: Connection;
  before(async () => {
    host = await QemuHost.start();
    otherHost = await QemuHost.start();
  });
  beforeEach(async () => {
    source = await Connection.open(host.uri);
    destination = await Connection.open(otherHost.uri);
  });
  afterEach(async () => {
    await source.close();
    await destination.close();
  });
  after(async () => {
    await host.stop();
    await otherHost.stop();
  });

  const running = async (guest: Guest, memoryMiB: number): Promise<Domain> => {
    await guest.createPaused({ memoryMiB });
    return source.lookupDomainByName(guest.name);
  };
  const way = (name: string) => ({ uri: `unix://${otherHost.directory.join(name)}` });

  it('should resolve with the domain on the other host', async () => {
    await using guest = new Guest(host, 'moves');
    const domain = await running(guest, 16);
    const moved = await domain.migrate(
      destination,
      { ...way('m'), destinationName: 'moved' },
      { unsafe: true },
    );
    expect(moved).to.be.instanceOf(Domain).and.include({ name: 'moved', uuid: domain.uuid });
    expect(moved.id).to.be.a('number');
    expect(await moved.state()).to.include({ state: 'paused' });
    expect(await rejection(domain.state())).to.include({ code: 'VIR_ERR_NO_DOMAIN' });
    await moved.destroy();
  });

  /** Begins a migration that is too slow to end by itself, and calls `then` when it is under way. */
  async function slowMigration(
    guest: Guest,
    options: MigrateOptions,
    then: (domain: Domain) => unknown,
  ): Promise<unknown> {
    // Only the numbers of empty pages are sent: 8 MiB.
    const domain = await running(guest, 4096);
    await domain.setMigrationMaxSpeed(1);
    const moving = rejection(
      domain.migrate(destination, way(guest.name), { live: true, unsafe: true, ...options }),
    );
    while ((await domain.jobStats()).operation !== 'outgoing-migration') await source.hostname();
    await then(domain);
    return moving;
  }

  it('should let both connections make other calls, and be ended by abortJob()', async () => {
    await using guest = new Guest(host, 'waits');
    const error = await slowMigration(guest, {}, async (domain) => {
      await destination.hostname();
      await domain.abortJob();
    });
    expect(error).to.include({ code: 'VIR_ERR_OPERATION_ABORTED' });
    expect(await destination.listDomains()).to.deep.equal([]);
  });

  it('should be given up when its time is over, and go on', async () => {
    await using guest = new Guest(host, 'late');
    const error = await slowMigration(guest, { timeout: 3000 }, () => undefined);
    expect(error).to.be.instanceOf(TimeoutError).with.property('message').that.includes('within 3000 ms');
    await (await source.lookupDomainByName('late')).abortJob();
  });

  it('should be given up when its signal aborts, and go on', async () => {
    await using guest = new Guest(host, 'aborted');
    const controller = new AbortController();
    const reason = new Error('no longer wanted');
    const error = await slowMigration(guest, { signal: controller.signal }, () => {
      controller.abort(reason);
    });
    expect(error).to.equal(reason);
    await (await source.lookupDomainByName('aborted')).abortJob();
  });

  it('should be given up when the other connection is closed, and go on', async () => {
    await using guest = new Guest(host, 'closed');
    const error = await slowMigration(guest, {}, () => destination.close());
    expect(error).to.be.instanceOf(ConnectionClosedError);
    await (await source.lookupDomainByName('closed')).abortJob();
  });

  it('should be refused by libvirt where a host can’t do it', async () => {
    await using guest = new Guest(host, 'stays');
    const domain = await running(guest, 16);
    await using test = await Connection.open(ownTestHost);
    expect(await rejection(domain.migrate(test)))
      .to.have.property('message')
      .that.includes("domain 'stays' can't be migrated");
  });

  it('should refuse what is no connection, and options for daemons that talk to each other', async () => {
    const domain = source.domain({ uuid: '00000000-0000-4000-8000-000000000001' });
    expect(await rejection(domain.migrate(wrong(host.uri)))).to.be.instanceOf(TypeError);
    expect(await rejection(domain.migrate(wrong(domain)))).to.be.instanceOf(TypeError);
    expect(await rejection(domain.migrate(destination, {}, wrong({ peer2peer: true })))).to.be.instanceOf(
      TypeError,
    );
    await destination.close();
    expect(await rejection(domain.migrate(destination))).to.be.instanceOf(ConnectionClosedError);
  });
});
