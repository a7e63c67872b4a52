import { expect } from 'chai';
import { firstValueFrom, map, take, toArray } from 'rxjs';
import { sharedInterval } from '../../lib/event/shared-interval.js';

// Of real time, which marbles can't show. A tick may be late on a busy machine, so no spec says how late.
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

  it('should never begin early', async () => {
    for (const periodMs of [1, 2, 5]) {
      const [first = 0] = await sinceStart(periodMs, 1);
      expect(first).to.be.at.least(periodMs - 0.5);
    }
  });

  it('should not drift: a tick is set from when the one before was due', async () => {
    const periodMs = 4;
    const times = await sinceStart(periodMs, 20);
    for (const [tick, time] of times.entries()) expect(time).to.be.at.least((tick + 1) * periodMs - 1.5);
  });

  it('should leave out the ticks that passed while the loop was blocked', async () => {
    const counts: number[] = [];
    const subscription = sharedInterval(2).subscribe((count) => counts.push(count));
    block(41);
    // The timers of a turn all come before its immediates.
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
});
