import { expect } from 'chai';
import { readFile } from 'node:fs/promises';
import { firstValueFrom, take, toArray } from 'rxjs';
import { loopTurns } from '../../lib/loop/loop-turns.js';

describe('loopTurns', () => {
  it('should emit once on every turn of the loop', async () => {
    let turns = 0;
    const subscription = loopTurns.subscribe(() => turns++);
    const seen: number[] = [];
    for (let turn = 0; turn < 4; turn++) {
      await new Promise((resolve) => setImmediate(resolve));
      seen.push(turns);
    }
    subscription.unsubscribe();
    expect(seen).to.deep.equal([1, 2, 3, 4]);
  });

  it('should go on where a test has replaced the global timers', async () => {
    const { setImmediate, clearImmediate } = globalThis;
    Object.assign(globalThis, { setImmediate: () => undefined, clearImmediate: () => undefined });
    try {
      expect(await firstValueFrom(loopTurns.pipe(take(2), toArray()))).to.have.lengthOf(2);
    } finally {
      Object.assign(globalThis, { setImmediate, clearImmediate });
    }
  });

  it('should leave I/O its share', async () => {
    const subscription = loopTurns.subscribe();
    expect(await readFile(import.meta.filename, 'utf8')).to.include('leave I/O its share');
    subscription.unsubscribe();
  });

  it('should serve any number of subscribers, and begin again after the last has left', async () => {
    for (let round = 0; round < 2; round++) {
      const both = [loopTurns, loopTurns].map((turns) => firstValueFrom(turns.pipe(take(3), toArray())));
      expect((await Promise.all(both)).map((emitted) => emitted.length)).to.deep.equal([3, 3]);
    }
  });

  it('should stop in the turn in which a subscriber leaves', async () => {
    let turns = 0;
    const subscription = loopTurns.subscribe(() => {
      turns++;
      subscription.unsubscribe();
    });
    for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
    expect(turns).to.equal(1);
  });
});
