import { expect } from 'chai';
import { setTimeout as delay } from 'node:timers/promises';
import { loadDuring } from './load-during.js';
import { leaveNothing, RecordedSource, turns, until } from './recorded-source.js';
import { reportOf } from '../support/programs/run-script.js';

describe('timeouts of 0, -1 and updated ones on the real loop (property 8)', () => {
  afterEach(leaveNothing);

  it('should fire a timeout of 0 once per turn of the loop', async () => {
    const timeout = RecordedSource.timeout(0);
    await until(() => timeout.callbacks > 0);
    const before = timeout.callbacks;
    await turns(200);
    expect(timeout.callbacks - before).to.be.within(199, 201);
  });

  it('should fire each of several timeouts of 0 once in each turn', async () => {
    const timeouts = [RecordedSource.timeout(0), RecordedSource.timeout(0), RecordedSource.timeout(0)];
    await until(() => timeouts.every(({ callbacks }) => callbacks > 0));
    const before = timeouts.map(({ callbacks }) => callbacks);
    await turns(50);
    for (const [index, { callbacks }] of timeouts.entries()) {
      expect(callbacks - (before[index] ?? 0)).to.be.within(49, 51);
    }
  });

  it('should not starve reading a file, an HTTP request and a 10 ms interval while a timeout of 0 runs', async () => {
    // This needs a process of its own: a timeout that starves the loop would also starve the timer of mocha's limit.
    const counts = (await reportOf('zero-timeout-beside-io')) as Record<string, number>;
    // lateIntervals counts the turns of the loop in which the interval was overdue and did not fire.
    expect(counts).to.include({ requests: 20, reads: 20, lateIntervals: 0 });
    const { intervalTicks, ticks } = counts;
    expect(intervalTicks).to.be.at.least(20);
    expect(ticks).to.be.above(100);
  });

  it('should turn by itself for a timeout of 0, with nothing else to do', async () => {
    const timeout = RecordedSource.timeout(0);
    await until(() => timeout.callbacks > 0);
    const before = timeout.callbacks;
    const { loopTurns } = await loadDuring(50);
    const ticks = timeout.callbacks - before;
    expect(loopTurns).to.be.above(5);
    expect(ticks).to.be.within(loopTurns - 2, loopTurns + 2);
  });

  it('should keep a timeout of -1 silent, and one that is updated to -1', async () => {
    const timeouts = [RecordedSource.timeout(-1), RecordedSource.timeout(1)];
    await until(() => (timeouts[1]?.callbacks ?? 0) > 2);
    timeouts[1]?.update(-1, { onThread: true });
    const before = timeouts[1]?.callbacks;
    await delay(30);
    expect(timeouts.map(({ callbacks }) => callbacks)).to.deep.equal([0, before]);
  });

  it('should start the period again with every update, even with the same period', async () => {
    const periodMs = 60;
    const updated = RecordedSource.timeout(periodMs);
    const left = RecordedSource.timeout(periodMs);
    // `updated` never fires, however slow the machine is: when an update comes before a tick is delivered, the tick is
    // dropped.
    const end = performance.now() + 4 * periodMs;
    while (performance.now() < end) {
      updated.update(periodMs);
      await delay(10);
    }
    const firedWhileUpdated = updated.callbacks;
    expect(left.callbacks).to.be.above(1);
    await until(() => updated.callbacks > firedWhileUpdated);
    expect(firedWhileUpdated).to.equal(0);
  });

  it('should fire again and again with the period of the last update', async () => {
    const timeout = RecordedSource.timeout(100_000);
    await turns(3);
    timeout.update(1);
    await until(() => timeout.callbacks > 5);
    timeout.update(100_000, { onThread: true });
    await turns(2);
    const before = timeout.callbacks;
    await delay(30);
    expect(timeout.callbacks).to.equal(before);
  });
});
