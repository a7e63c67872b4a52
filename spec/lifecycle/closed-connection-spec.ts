import { expect } from 'chai';
import { Connection, ConnectionClosedError, RxEventImpl, setLogger } from '../../lib/index.js';
import { until } from '../native/recorded-source.js';
import { Listener } from '../support/connection/listener.js';
import { LogLines } from '../support/log-lines.js';
import { Preload } from '../support/programs/preload.js';
import { rejection } from '../support/rejection.js';
import { reportOf } from '../support/programs/run-script.js';
import { ScriptedConnection } from '../support/connection/scripted-connection.js';
import type { ProcedureName } from '../support/scripted-libvirtd/index.js';

const lookup: ProcedureName = 'domain-lookup-by-name';

/** Registers the domains of two events with `registry`. Nobody refers to the events, and their connection is closed. */
async function hearAndClose(registry: FinalizationRegistry<string>): Promise<void> {
  const connection = await Connection.open('test:///default');
  const listener = await Listener.on((options) => connection.domainEvents('lifecycle', options));
  const domain = await connection.lookupDomainByName('test');
  await domain.suspend();
  await domain.resume();
  for (const event of await listener.heard(2)) registry.register(event.domain, event.domain.name);
  listener.events.length = 0;
  await connection.close();
}

describe('a connection that was closed', () => {
  it('should leave nothing of the domains that its events named', async () => {
    const collected: string[] = [];
    const registry = new FinalizationRegistry<string>((name) => collected.push(name));
    await hearAndClose(registry);
    await until(() => {
      globalThis.gc?.();
      return collected.length === 2;
    });
    // Both events were about the same domain.
    expect(collected).to.deep.equal(['test', 'test']);
  });

  it('should have rejected the calls that had no answer, and ignore answers that come later', async () => {
    await using scripted = await ScriptedConnection.open({ callsAtOnce: 8 });
    const { connection, daemon } = scripted;
    const held = daemon.faults.hold(lookup);
    // These are more calls than are sent at once.
    const calls = Array.from({ length: 12 }, () => rejection(connection.lookupDomainByName('alpha')));
    await daemon.waitForCalls(lookup, 8);
    await connection.close({ timeout: 0 });
    for (const error of await Promise.all(calls)) {
      expect(error).to.be.instanceOf(ConnectionClosedError);
      expect(error).to.include({ reason: 'client' });
    }

    held.release();
    await daemon.waitForClients(0);
    expect(daemon.calls.filter(({ procedure }) => procedure === lookup)).to.have.length(8);
  });

  for (const [how, what] of [
    ['close', 'that was closed'],
    // After a loss, the connection's close is given up after 5 seconds, as usual.
    ['loss', 'that was lost'],
  ] as const) {
    it(`should have rejected the calls that waited, and the one that is stuck in libvirt: ${what}`, async () => {
      await using preload = await Preload.of('hold-calls');
      expect(await reportOf('stuck-call', [how], { env: preload.env })).to.deep.equal({
        before: [1, 1],
        statuses: ['rejected', 'rejected'],
        after: [1, 0],
      });
    });
  }

  it('should be released only once, also when a subscriber closes it because it was lost', async () => {
    await using scripted = await ScriptedConnection.open();
    const { connection, daemon } = scripted;
    const log = new LogLines();
    setLogger(log.logger);
    try {
      const closing = new Promise<void>((resolve) => {
        connection.domainEvents('reboot').subscribe({
          error: () => {
            resolve(connection.close());
          },
        });
      });
      for (const client of daemon.clients) client.drop();
      await closing;
      await RxEventImpl.shared.drain();
    } finally {
      setLogger(null);
    }
    expect(log.lines.filter((line) => line.startsWith('info: closed '))).to.have.lengthOf(1);
  });

  it('should keep nothing that libvirt still reports about it', async () => {
    await using scripted = await ScriptedConnection.open();
    const { connection, daemon } = scripted;
    daemon.faults.hold(lookup);
    const call = rejection(connection.lookupDomainByName('alpha'));
    await daemon.waitForCalls(lookup);
    await connection.close({ timeout: 0 });
    expect(await call).to.be.instanceOf(ConnectionClosedError);
    // The socket was shut down. So libvirt reports the loss before the stuck call returns.
    await until(() => connection.stats().callsUnderWay === 0);
    expect(connection.stats()).to.include({ queuedEvents: 0 });
  });

  it('should end its stream without delivering the events that still waited', async () => {
    await using scripted = await ScriptedConnection.open();
    const { connection, daemon } = scripted;
    const listener = await Listener.on((options) => connection.domainEvents('lifecycle', options));
    let closing: Promise<void> | undefined;
    let heardAtClose = 0;
    listener.onEvent = () => {
      if (closing !== undefined) return;
      closing = connection.close();
      heardAtClose = listener.events.length;
    };
    await daemon.flood('all', { count: 100 });
    await listener.completed();
    await closing;
    expect(heardAtClose).to.equal(1);
    expect(listener.events).to.have.length(1);
  });
});
