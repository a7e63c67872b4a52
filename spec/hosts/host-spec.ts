import { expect } from 'chai';
import { filter, firstValueFrom, lastValueFrom, toArray, type Observable } from 'rxjs';
import {
  ConnectionClosedError,
  LibvirtError,
  WaitTimeoutError,
  watch,
  type HostStatus,
} from '../../lib/index.js';
import { Listener } from '../support/connection/listener.js';
import { quick } from '../support/hosts/quick.js';
import { PrivateLibvirtd } from '../support/libvirtd/private-libvirtd.js';
import { rejection } from '../support/rejection.js';

describe('a watched host', () => {
  let libvirtd: PrivateLibvirtd;
  beforeEach(async () => {
    libvirtd = await PrivateLibvirtd.start();
  });
  afterEach(() => libvirtd.stop());

  it('should wait for a daemon that is not there yet', async () => {
    await libvirtd.kill();
    await using host = watch(libvirtd.uri, quick);
    using statuses = new Listener(() => host.status);
    await statuses.until((items) => items.some(({ state }) => state === 'waiting'));
    const late = await rejection(host.connection({ timeout: 50 }));
    expect(late).to.be.instanceOf(WaitTimeoutError);
    expect((late as Error).cause).to.be.instanceOf(LibvirtError);
    const connection = host.connection();
    await libvirtd.restart();
    expect((await (await connection).lookupDomainByName('test')).name).to.equal('test');
    const [waiting] = statuses.events.filter((status) => status.state === 'waiting');
    expect(waiting).to.include({ state: 'waiting' });
  });

  it('should tell those who wait for a connection that it was closed, and why there was none', async () => {
    await libvirtd.kill();
    const host = watch(libvirtd.uri, { ...quick, name: 'dead', readOnly: false });
    const waiting = [host.connection(), host.connection({ timeout: 60_000 })].map(rejection);
    await firstValueFrom(host.status.pipe(filter(({ state }) => state === 'waiting')));
    await host.close();
    for (const error of await Promise.all(waiting)) {
      expect(error).to.be.instanceOf(ConnectionClosedError).that.includes({ reason: 'client' });
      expect((error as Error).message).to.equal('host dead was closed; call watch() for a new one');
      expect((error as Error).cause).to.be.instanceOf(LibvirtError);
    }
  });

  it('should reject with the error of its only attempt', async () => {
    await libvirtd.kill();
    await using host = watch(libvirtd.uri, { reconnect: false });
    const waiting = rejection(host.connection());
    expect(await waiting).to.be.instanceOf(LibvirtError);
    await lastValueFrom(host.status); // the watched connection has an attempt of its own
    await host.close();
    expect(await rejection(host.connection())).to.be.instanceOf(LibvirtError);
  });

  it('should make one attempt only when it is told so', async () => {
    await libvirtd.kill();
    await using host = watch(libvirtd.uri, { reconnect: false });
    const all = await firstValueFrom(host.status.pipe(toArray()));
    expect(all.map(({ state }) => state).at(-1)).to.equal('closed');
    expect((all.at(-1) as HostStatus & { error: unknown }).error).to.be.instanceOf(LibvirtError);
  });

  it('should allow changes on the connection for calls, though the host watches read-only', async () => {
    await using host = watch(libvirtd.uri, quick);
    const connection = await host.connection();
    expect(await host.connection()).to.equal(connection);
    await (await connection.lookupDomainByName('test')).suspend();
    await using readOnly = watch(libvirtd.uri, { ...quick, readOnly: true });
    const test = await (await readOnly.connection()).lookupDomainByName('test');
    expect(await rejection(test.resume())).to.include({ code: 'VIR_ERR_OPERATION_DENIED' });
    expect(() => readOnly.qemuMonitorEvents()).to.throw(TypeError, /readOnly: false/);
  });

  it('should refuse a filter by a uuid that no host would accept', async () => {
    await using host = watch(libvirtd.uri, quick);
    for (const uuid of [
      '',
      'alpha',
      '6695eb01-f6a4-8304-79aa-97f2502e193',
      'g695eb01-f6a4-8304-79aa-97f2502e193f',
    ])
      expect(() => host.domainEvents('lifecycle', { domain: { uuid } })).to.throw(
        TypeError,
        'domain.uuid must be a uuid',
      );
    const domain = await (await host.connection()).lookupDomainByName('test');
    for (const uuid of [domain.uuid, domain.uuid.replaceAll('-', ''), domain.uuid.toUpperCase()]) {
      using events = await Listener.on((options) =>
        host.domainEvents('lifecycle', { domain: { uuid }, ...options }),
      );
      await domain.suspend();
      await domain.resume();
      await events.heard(2);
    }
  });

  it('should end everything when it is closed', async () => {
    const host = watch(libvirtd.uri, quick);
    const connection = await host.connection();
    const ends: string[] = [];
    const streams: Readonly<Record<string, Observable<unknown>>> = {
      status: host.status,
      domains: host.domains,
      changes: host.domainChanges,
      events: host.events(),
    };
    for (const [name, stream] of Object.entries(streams))
      stream.subscribe({ complete: () => ends.push(name) });
    await firstValueFrom(host.domains);
    await Promise.all([host.close(), host.close()]);
    expect(ends.sort()).to.deep.equal(['changes', 'domains', 'events', 'status']);
    expect(connection.isOpen).to.equal(false);
    expect(await rejection(host.connection())).to.be.instanceOf(ConnectionClosedError);
    expect(await firstValueFrom(host.status)).to.deep.equal({ state: 'closed' });
  });

  it('should connect again when the program closes its connection', async () => {
    await using host = watch(libvirtd.uri, { ...quick, readOnly: false });
    const first = await host.connection();
    await first.close();
    const second = await firstValueFrom(
      host.status.pipe(filter((status) => status.state === 'connected' && status.epoch === 2)),
    );
    expect(second.state).to.equal('connected');
    expect(await host.connection()).to.not.equal(first);
  });
});

describe('watch', () => {
  for (const [options, message] of [
    [{ retry: true }, /watch has no option 'retry'/],
    [{ resync: 0 }, /resync must be/],
    [{ resync: false }, /resync must be a number of milliseconds; leave it out to list only after a loss/],
    [{ reconnect: true }, /reconnect must be an object or false; leave it out for the defaults/],
    [{ keepAlive: true }, /keepAlive must be an object or false; leave it out for the defaults/],
    [{ name: 1 }, /name must be/],
    [{ name: '' }, /^the name of a host must not be empty; leave it out to name the host by its URI$/],
    [{ keepAlive: { interval: 0, count: 1 } }, /keepAlive\.interval/],
    [{ signal: AbortSignal.abort() }, /watch has no option 'signal'/],
  ] as const) {
    it(`should refuse ${JSON.stringify(options)}`, () => {
      expect(() => watch('test:///default', options as never)).to.throw(message);
    });
  }

  it('should name a host without a URI, or with an empty one, default', async () => {
    for (const uri of [undefined, '']) {
      await using host = watch(uri, { reconnect: false });
      expect(host.name).to.equal('default');
    }
  });

  it('should not show the password of a URI in the name of the host', async () => {
    await using host = watch('esx://root:geheim@localhost:1/', { reconnect: false });
    expect(host.name).to.not.include('geheim');
  });
});
