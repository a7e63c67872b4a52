import { expect } from 'chai';
import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers';
import { firstValueFrom, map, take, toArray } from 'rxjs';
import { sharedInterval } from '../../lib/loop/shared-interval.js';
import { delaysWith } from '../support/loop/stubbed-timers.js';

// These specs use real time, which marbles can't show. A tick may be late on a busy machine, so no spec limits how
// late.
describe('sharedInterval', () => {
  const sinceStart = (periodMs: number, count: number): Promise<number[]> => {
    const start = performance.now();
    const times = sharedInterval(periodMs).pipe(map(() => performance.now() - start));
    return firstValueFrom(times.pipe(take(count), toArray()));
  };

  function block(ms: number): void {
    const end = performance.now() + ms;
    while (performance.now() < end);
  }

  it('should count from 0', async () => {
    expect(await firstValueFrom(sharedInterval(1).pipe(take(3), toArray()))).to.deep.equal([0, 1, 2]);
  });

  // A loop that sleeps wakes up a little late. So the loop turns all the time, and runs each timer at the moment when
  // it is due.
  async function whileLoopTurns<T>(work: () => Promise<T>): Promise<T> {
    let isOver = false;
    const turn = (): unknown => !isOver && setImmediate(turn);
    turn();
    try {
      return await work();
    } finally {
      isOver = true;
    }
  }

  it('should never begin early', async () => {
    await whileLoopTurns(async () => {
      for (let round = 0; round < 30; round++) {
        for (const periodMs of [1, 2, 5]) {
          const [first = 0] = await sinceStart(periodMs, 1);
          expect(first).to.be.at.least(periodMs);
        }
      }
    });
  });

  it('should not drift, and have no tick early: one is set from when the one before was due', async () => {
    const periodMs = 4;
    const times = await whileLoopTurns(() => sinceStart(periodMs, 20));
    for (const [tick, time] of times.entries()) expect(time).to.be.at.least((tick + 1) * periodMs);
  });

  it('should leave out the ticks that passed while the loop was blocked', async () => {
    const counts: number[] = [];
    const subscription = sharedInterval(2).subscribe((count) => counts.push(count));
    block(41);
    // In each turn, all timers run before the immediates.
    await new Promise((resolve) => setTimeout(() => setImmediate(resolve)));
    subscription.unsubscribe();
    expect(counts.length).to.be.within(1, 3);
  });

  it('should give each subscriber of the same millisecond its ticks, and let each leave alone', async () => {
    const seen: string[] = [];
    const first = sharedInterval(3).subscribe(() => {
      seen.push('first');
      second.unsubscribe();
    });
    const second = sharedInterval(3).subscribe(() => seen.push('second'));
    await sinceStart(3, 4);
    first.unsubscribe();
    expect(seen.slice(0, 3)).to.deep.equal(['first', 'first', 'first']);
  });

  it('should begin anew when all have left, also within the same millisecond', async () => {
    const first = Array.from({ length: 20 }, () => {
      sharedInterval(2).subscribe().unsubscribe();
      return firstValueFrom(sharedInterval(2));
    });
    expect(await Promise.all(first)).to.deep.equal(first.map(() => 0));
  });

  it('should go on where a test has replaced the global timers', async () => {
    const { setTimeout, clearTimeout } = globalThis;
    Object.assign(globalThis, { setTimeout: () => undefined, clearTimeout: () => undefined });
    try {
      expect(await firstValueFrom(sharedInterval(1).pipe(take(2), toArray()))).to.have.lengthOf(2);
    } finally {
      Object.assign(globalThis, { setTimeout, clearTimeout });
    }
  });

  it('should be joined by nobody when its timer could not be set', () => {
    let failure: unknown;
    const delays = delaysWith(0, () => {
      const { setTimeout } = timers;
      timers.setTimeout = Object.assign(() => {
        throw new Error('stopped');
      }, setTimeout);
      syncBuiltinESMExports();
      sharedInterval(7).subscribe({ error: (error: unknown) => (failure = error) });
      timers.setTimeout = setTimeout;
      syncBuiltinESMExports();
      sharedInterval(7).subscribe().unsubscribe();
    });
    expect(failure).to.have.property('message', 'stopped');
    expect(delays).to.have.length(1);
  });

  it('should set its timer for a millisecond or more, also where the time goes on meanwhile', () => {
    const delays = delaysWith(5, (fire) => {
      const subscription = sharedInterval(2).subscribe();
      for (let tick = 0; tick < 10; tick++) fire();
      subscription.unsubscribe();
    });
    expect(delays).to.have.length(11);
    for (const delay of delays) expect(delay).to.be.within(1, 3);
  });

  it('should set each tick from when the one before was due, and leave out what has passed', () => {
    // Each tick of 10 ms comes 12 ms after the one before.
    const delays = delaysWith(12, (fire) => {
      const subscription = sharedInterval(10).subscribe();
      for (let tick = 0; tick < 6; tick++) fire();
      subscription.unsubscribe();
    });
    expect(delays).to.deep.equal([11, 9, 7, 5, 3, 1, 9]);
  });

  it('should set its timer for no longer than Node can, and again when that is over', () => {
    const longestMs = 0x7fffffff;
    const seen: number[] = [];
    const delays = delaysWith(0, (fire) => {
      const subscription = sharedInterval(longestMs).subscribe((count) => seen.push(count));
      fire();
      subscription.unsubscribe();
    });
    expect(delays).to.deep.equal([longestMs, longestMs]);
    expect(seen).to.deep.equal([]);
  });
});
