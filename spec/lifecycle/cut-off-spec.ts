import { expect } from 'chai';
import { connect, Connection, setLogger } from '../../lib/index.js';
import { LogLines } from '../support/log-lines.js';
import { Preload } from '../support/programs/preload.js';
import { rejection } from '../support/rejection.js';
import { reportOf } from '../support/programs/run-script.js';
import { ScriptedLibvirtd } from '../support/scripted-libvirtd/index.js';

describe('a connection that nobody waits for any more', () => {
  const noClients = (daemon: ScriptedLibvirtd) =>
    daemon.waitFor('the end of its client', ({ clients }) => clients.length === 0 || undefined);

  it('should be cut off when its close takes longer than its timeout, during a call that gets no answer', async () => {
    await using daemon = await ScriptedLibvirtd.start();
    const connection = await Connection.open(daemon.uri);
    const domain = await connection.lookupDomainByName('alpha');
    daemon.faults.hold('domain-get-state');
    const call = rejection(domain.state());
    await daemon.waitForCalls('domain-get-state', 1);
    await connection.close({ timeout: 50 });
    expect(await call).to.have.property('name', 'ConnectionClosedError');
    await noClients(daemon);
  });

  it('should be cut off also where a test has replaced the global timers', async () => {
    await using daemon = await ScriptedLibvirtd.start();
    const connection = await Connection.open(daemon.uri);
    daemon.faults.hold('connect-close');
    const { setTimeout, clearTimeout } = globalThis;
    Object.assign(globalThis, { setTimeout: () => undefined, clearTimeout: () => undefined });
    try {
      await connection.close({ timeout: 50 });
    } finally {
      Object.assign(globalThis, { setTimeout, clearTimeout });
    }
    await noClients(daemon);
  });

  it('should be cut off when its open is aborted', async () => {
    await using daemon = await ScriptedLibvirtd.start();
    daemon.faults.hold('connect-open');
    const abort = new AbortController();
    const open = rejection(Connection.open(daemon.uri, { signal: abort.signal }));
    await daemon.waitForCalls('connect-open', 1);
    abort.abort();
    expect(await open).to.equal(abort.signal.reason);
    await noClients(daemon);
  });

  it('should be cut off when nobody subscribes any more to what connect() is opening', async () => {
    await using daemon = await ScriptedLibvirtd.start();
    daemon.faults.hold('connect-open');
    const subscription = connect(daemon.uri).subscribe();
    await daemon.waitForCalls('connect-open', 1);
    subscription.unsubscribe();
    await noClients(daemon);
  });

  it('should be closed when that subscriber unsubscribes just before the connection is emitted', async () => {
    await using daemon = await ScriptedLibvirtd.start();
    const subscription = connect(daemon.uri).subscribe(() => {
      throw new Error('nothing may be delivered after unsubscribe');
    });
    // The log line about the open connection comes before the connection is emitted.
    setLogger({
      ...new LogLines().logger,
      info: (line: string) => {
        if (line.startsWith('opened')) subscription.unsubscribe();
      },
    });
    try {
      await daemon.waitForCalls('connect-close');
    } finally {
      setLogger(null);
    }
  });

  it('should be cut off also when its open is aborted after it has begun, and before it has a socket', async () => {
    await using preload = await Preload.of('hold-open');
    expect(await reportOf('aborted-without-socket', [], { env: preload.env })).to.equal('given up');
  });

  it('should be cut off also when its open is aborted at once', async () => {
    await using daemon = await ScriptedLibvirtd.start();
    daemon.faults.hold('connect-open');
    for (let round = 0; round < 20; round++) {
      const abort = new AbortController();
      const open = rejection(Connection.open(daemon.uri, { signal: abort.signal }));
      abort.abort();
      expect(await open).to.equal(abort.signal.reason);
    }
    // This gives the threads that had already begun the time to go as far as they can.
    await using healthy = await ScriptedLibvirtd.start();
    for (let round = 0; round < 10; round++) await (await Connection.open(healthy.uri)).close();
    await noClients(daemon);
  });
});
