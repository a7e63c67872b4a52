import { expect } from 'chai';
import { filter, firstValueFrom, type Observable } from 'rxjs';
import { ConnectionClosedError, watch, type HostStatus } from '../../lib/index.js';
import { rejection } from '../support/rejection.js';
import { ScriptedLibvirtd } from '../support/scripted-libvirtd/index.js';

describe('the connection for calls of a host that does not reconnect', () => {
  let daemon: ScriptedLibvirtd;
  beforeEach(async () => {
    daemon = await ScriptedLibvirtd.start();
  });
  afterEach(() => daemon.close());

  const until = (host: { status: Observable<HostStatus> }, state: HostStatus['state']) =>
    firstValueFrom(host.status.pipe(filter((status) => status.state === state)));

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
