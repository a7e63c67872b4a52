import { expect } from 'chai';
import { Subject } from 'rxjs';
import { Connection } from '../../lib/index.js';
import { LoopTurns } from '../support/loop/loop-turns.js';
import { RemoteScriptedLibvirtd, ScriptedLibvirtd } from '../support/scripted-libvirtd/index.js';
import { beBusy } from '../support/connection/several-connections.js';

describe('twenty connections with floods of events and a subscriber that works for each', () => {
  it('should take fair turns with each other, with a quiet connection, and with the loop', async function () {
    this.timeout(60_000);
    await using floodingDaemon = await RemoteScriptedLibvirtd.start();
    await using quietDaemon = await ScriptedLibvirtd.start();
    const floods = await Promise.all(Array.from({ length: 20 }, () => Connection.open(floodingDaemon.uri)));
    const heard = floods.map(() => 0);
    await Promise.all(
      floods.map(
        (connection, index) =>
          new Promise<void>((onRegistered) => {
            connection.domainEvents('lifecycle', { onRegistered }).subscribe(() => {
              heard[index] = (heard[index] ?? 0) + 1;
              beBusy(0.2);
            });
          }),
      ),
    );
    await using quiet = await Connection.open(quietDaemon.uri);
    const reboots = new Subject<void>();
    await new Promise<void>((onRegistered) => {
      quiet.domainEvents('reboot', { onRegistered }).subscribe(() => {
        reboots.next();
      });
    });
    const flooding = floodingDaemon.call('flood', 'all', { count: 1_000_000, distinctDomains: 10 });
    flooding.catch(() => undefined);
    while (Math.min(...heard) === 0) await new Promise((resolve) => setImmediate(resolve));

    heard.fill(0);
    const turns = new LoopTurns();
    const mostBetween: number[] = [];
    const domain = quietDaemon.domains.get({ name: 'alpha' });
    // Some three seconds, and more where other programs take the processor.
    while (sum(heard) < 15_000) {
      const before = sum(heard);
      const arrived = new Promise<void>((resolve) => reboots.subscribe(resolve));
      quietDaemon.emit('domain', 'reboot', { domain });
      await arrived;
      mostBetween.push(sum(heard) - before);
    }
    turns.stop();
    await Promise.all(floods.map((connection) => connection.close()));

    expect(sum(heard), 'events of floods').to.be.above(500);
    expect(Math.min(...heard) / Math.max(...heard), 'the least share, of the greatest').to.be.above(1 / 2);
    // All connections together may take 8 ms of each turn.
    expect(turns.longestMs).to.be.below(400);
    expect(mostBetween.length).to.be.above(10);
    expect(median(mostBetween), 'events of floods before one of a quiet connection').to.be.below(500);
  });
});

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? NaN;
