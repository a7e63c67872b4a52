import { expect } from 'chai';
import { batchesOf, zeroRuns } from '../../lib/streams/pieces.js';

const block = 1 << 16;
const runs = (...parts: readonly Buffer[]) =>
  [...zeroRuns(Buffer.concat(parts))].map(({ bytes, isHole }) => [bytes.length, isHole]);

describe('zeroRuns', () => {
  const zeros = (blocks: number) => Buffer.alloc(blocks * block);
  const data = (blocks: number) => Buffer.alloc(blocks * block, 1);

  it('should join blocks of zeros, and what lies between them', () => {
    expect(runs(zeros(2), data(1), data(2), zeros(1))).to.deep.equal([
      [2 * block, true],
      [3 * block, false],
      [block, true],
    ]);
  });

  it('should take a block for data that has one other byte', () => {
    const almost = zeros(1);
    almost[block - 1] = 1;
    expect(runs(almost)).to.deep.equal([[block, false]]);
  });

  it('should take a last piece for data that is smaller than a block', () => {
    expect(runs(zeros(1), Buffer.alloc(5))).to.deep.equal([
      [block, true],
      [5, false],
    ]);
    expect(runs(Buffer.alloc(5))).to.deep.equal([[5, false]]);
  });

  it('should find nothing in nothing', () => {
    expect(runs()).to.deep.equal([]);
  });
});

describe('batchesOf', () => {
  const piece = (size: number, isHole = false) => ({ bytes: Buffer.alloc(size), isHole });
  const batches = (...pieces: readonly ReturnType<typeof piece>[]) =>
    [...batchesOf(pieces, 10)].map((batch) => batch.map(({ bytes, isHole }) => [bytes.length, isHole]));

  it('should put pieces together up to the size, and keep their order', () => {
    expect(batches(piece(4), piece(6), piece(1))).to.deep.equal([
      [
        [4, false],
        [6, false],
      ],
      [[1, false]],
    ]);
  });

  it('should cut a piece that is greater', () => {
    expect(batches(piece(3), piece(25))).to.deep.equal([
      [[3, false]],
      [[10, false]],
      [[10, false]],
      [[5, false]],
    ]);
  });

  it('should count no holes, however great they are', () => {
    expect(batches(piece(9), piece(500, true), piece(1))).to.deep.equal([
      [
        [9, false],
        [500, true],
        [1, false],
      ],
    ]);
    expect(batches()).to.deep.equal([]);
  });
});
