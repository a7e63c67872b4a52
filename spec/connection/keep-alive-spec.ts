import { performance } from 'node:perf_hooks';
import { expect } from 'chai';
import { RxEventImpl } from '../../lib/index.js';
import { ScriptedConnection } from '../support/connection/scripted-connection.js';

const intervalMs = 1000;

describe('keepalive', () => {
  it('should cost the loop no update for each message, and still ping in time after the last one', async () => {
    await using scripted = await ScriptedConnection.open({ keepAlive: { interval: 1, count: 5 } });
    const { daemon, connection } = scripted;
    const [client] = await daemon.waitForClients(1);
    let updates = 0;
    const activity = RxEventImpl.shared.activity.subscribe((step) => {
      // The timeout of libvirt's events has a period of 0.
      if (step.kind === 'timeout' && step.action === 'update' && step.frequency > 0) updates++;
    });
    const beganMs = performance.now();
    let calls = 0;
    while (performance.now() - beganMs < 3.5 * intervalMs) {
      await connection.lookupDomainByName('alpha');
      calls++;
    }
    activity.unsubscribe();
    expect(calls).to.be.greaterThan(100);
    // When the timeout fires early, the loop is told the remaining time. libvirt counts whole seconds, so it may also
    // ask for a part of the period.
    expect(updates).to.be.lessThan(12);

    const pings = client?.keepAlive.pings ?? Infinity;
    const lastMs = performance.now();
    await daemon.waitFor('a ping', () => ((client?.keepAlive.pings ?? 0) > pings ? true : undefined));
    // libvirt counts in whole seconds, so a ping may come later than after one interval.
    expect(performance.now() - lastMs).to.be.lessThan(3 * intervalMs);
  });
});
