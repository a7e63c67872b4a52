import { expect } from 'chai';
import { batchesOf, joined, piecesOf, zeroRuns } from '../../lib/streams/pieces.js';

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

describe('piecesOf', () => {
  const bytes = Buffer.concat([Buffer.alloc(block), Buffer.alloc(block, 1)]);

  it('should be runs of zeros and the rest where zeros are left out, and whole chunks elsewhere', () => {
    expect([...piecesOf([bytes, bytes], true)].map(({ isHole }) => isHole)).to.deep.equal([
      true,
      false,
      true,
      false,
    ]);
    expect([...piecesOf([bytes], false)]).to.deep.equal([{ bytes, isHole: false }]);
  });

  it('should not look at more than is asked for', () => {
    const unseen = new Proxy(bytes, { get: () => expect.fail('was looked at') });
    const [first] = piecesOf([bytes, unseen], true);
    expect(first).to.have.property('isHole', true);
  });
});

describe('joined', () => {
  const sizes = (...chunks: readonly number[]) =>
    joined(
      chunks.map((size) => Buffer.alloc(size)),
      2 * block,
    ).map(({ length }) => length);

  it('should join small chunks that follow each other, up to the size', () => {
    expect(sizes(1, 2, 3)).to.deep.equal([6]);
    expect(sizes(block - 1, block - 1, block - 1)).to.deep.equal([2 * block - 2, block - 1]);
    expect(sizes()).to.deep.equal([]);
  });

  it('should leave great chunks as they are, in their place', () => {
    expect(sizes(1, block, 2, 2, 5 * block, 3)).to.deep.equal([1, block, 4, 5 * block, 3]);
    const bytes = [Buffer.from('ab'), Buffer.alloc(block, 'x'), Buffer.from('c'), Buffer.from('d')];
    expect(Buffer.concat(joined(bytes, 100))).to.deep.equal(Buffer.concat(bytes));
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

  it('should put no more than 64 pieces together', () => {
    const pieces = Array.from({ length: 130 }, () => piece(5, true));
    expect(batches(...pieces).map(({ length }) => length)).to.deep.equal([64, 64, 2]);
  });
});
