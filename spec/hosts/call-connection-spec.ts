import { expect } from 'chai';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { filter, firstValueFrom, type Observable } from 'rxjs';
import { ConnectionClosedError, watch, type HostStatus, type HostTroubleMessage } from '../../lib/index.js';
import { quick } from '../support/hosts/quick.js';
import { rejection } from '../support/rejection.js';
import { libvirtErrors, ScriptedLibvirtd } from '../support/scripted-libvirtd/index.js';

describe('the connection for calls of a host', () => {
  it('should be a trouble while it is refused, although the host is connected', async () => {
    await using daemon = await ScriptedLibvirtd.start();
    await using host = watch(daemon.uri, quick);
    await until(host, 'connected');
    const refusal = daemon.faults.fail('connect-open', libvirtErrors.notImplemented('for you'));
    const told = new Promise<HostTroubleMessage>((resolve) => {
      subscribe('rxvirt:host:trouble', (message) => resolve(message as HostTroubleMessage));
    });
    const connection = host.connection();
    expect((await told).trouble).to.have.property('what', 'connections for calls');
    const [trouble, ...others] = host.health().troubles;
    expect(others).to.deep.equal([]);
    expect(trouble?.error).to.include({ code: 'VIR_ERR_NO_SUPPORT' });
    expect(host.health().status.state).to.equal('connected');
    refusal.cancel();
    expect((await connection).isOpen).to.equal(true);
    expect(host.health().troubles).to.deep.equal([]);
  });

  it('should be no trouble when the daemon ends, which is a loss', async () => {
    await using daemon = await ScriptedLibvirtd.start();
    await using host = watch(daemon.uri, quick);
    const troubles: unknown[] = [];
    const onTrouble = (message: unknown): void => void troubles.push(message);
    subscribe('rxvirt:host:trouble', onTrouble);
    // The first client is the watched connection, which is not lost before it is connected.
    await until(host, 'connected');
    const first = await host.connection();
    const lost = until(host, 'lost');
    const [, ofCalls] = await daemon.waitForClients(2);
    ofCalls?.drop();
    await firstValueFrom(first.closed);
    await host.connection();
    for (const client of daemon.clients) client.drop();
    await lost;
    await until(host, 'connected');
    await host.connection();
    unsubscribe('rxvirt:host:trouble', onTrouble);
    expect(troubles).to.deep.equal([]);
  });
});

const until = (host: { status: Observable<HostStatus> }, state: HostStatus['state']) =>
  firstValueFrom(host.status.pipe(filter((status) => status.state === state)));

describe('the connection for calls of a host that does not reconnect', () => {
  let daemon: ScriptedLibvirtd;
  beforeEach(async () => {
    daemon = await ScriptedLibvirtd.start();
  });
  afterEach(() => daemon.close());

  /** A host whose first client is the watched connection. */
  const connected = async () => {
    const host = watch(daemon.uri, { reconnect: false });
    await until(host, 'connected');
    await daemon.waitForClients(1);
    return host;
  };

  it('should not be opened when the host has ended', async () => {
    await using host = await connected();
    daemon.clients[0]?.drop();
    await until(host, 'closed');
    expect(await rejection(host.connection()))
      .to.be.instanceOf(ConnectionClosedError)
      .that.includes({ reason: 'end-of-file' });
    expect(daemon.clients).to.have.length(0);
  });

  it('should be closed when the host ends', async () => {
    await using host = await connected();
    const connection = await host.connection();
    const [watched] = await daemon.waitForClients(2);
    const closed = firstValueFrom(connection.closed);
    watched?.drop();
    expect(await closed).to.include({ reason: 'client' });
    expect(await rejection(host.connection())).to.include({ reason: 'end-of-file' });
    await daemon.waitForClients(0);
  });

  it('should be opened again for a further call of connection() when it has ended alone', async () => {
    await using host = await connected();
    const first = await host.connection();
    await first.close();
    const second = await host.connection();
    expect(second.isOpen).to.equal(true);
    const ofCalls = daemon.clients.at(-1);
    const lost = firstValueFrom(second.closed);
    ofCalls?.drop();
    expect(await lost).to.include({ reason: 'end-of-file' });
    expect((await host.connection()).isOpen).to.equal(true);
    expect(host.health().status.state).to.equal('connected');
  });
});
