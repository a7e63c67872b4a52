import { expect } from 'chai';
import { inTurns } from '../../lib/calls/in-turns.js';
import { rejection } from '../support/rejection.js';

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i);

/** Takes so many numbers. Resolves with what was taken, and with how often the loop has turned meanwhile. */
async function taken(count: number): Promise<{ items: number[]; turns: number }> {
  const items: number[] = [];
  let turns = 0;
  let isOver = false;
  const turn = (): void => {
    if (isOver) return;
    turns++;
    setImmediate(turn);
  };
  setImmediate(turn);
  await inTurns(numbers(count), (item) => items.push(item));
  isOver = true;
  return { items, turns };
}

describe('inTurns', () => {
  it('should take all items in their order, however many there are', async () => {
    for (const count of [0, 1, 499, 500, 501, 1000, 1001, 10_000]) {
      expect((await taken(count)).items, String(count)).to.deep.equal(numbers(count));
    }
  });

  it('should let the event loop turn after each 500 items, and not before', async () => {
    expect((await taken(500)).turns).to.equal(0);
    expect((await taken(501)).turns).to.equal(1);
    expect((await taken(2001)).turns).to.equal(4);
  });

  it('should reject with what is thrown, and take no more', async () => {
    const items: number[] = [];
    const failed = inTurns(numbers(1200), (item) => {
      if (item === 700) throw new Error('not this one');
      items.push(item);
    });
    expect(await rejection(failed)).to.include({ message: 'not this one' });
    expect(items).to.have.length(700);
  });
});
