import { expect } from 'chai';
import fc from 'fast-check';
import { cpuSetsOf, cpusOf, mapBytes, mapOf, numbersOf, setText } from '../../lib/calls/cpu-set.js';

describe('sets of cpus', () => {
  it('should have the lowest cpu in the lowest bit of the first byte', () => {
    expect([...mapOf('cpus', [0, 2, 9])]).to.deep.equal([0b101, 0b10]);
    expect(cpusOf(Uint8Array.of(0b101, 0b10, 0))).to.deep.equal([0, 2, 9]);
  });

  it('should be the same after a way there and back', () => {
    const cpus = fc.uniqueArray(fc.integer({ min: 0, max: 16383 }), { maxLength: 40 });
    fc.assert(
      fc.property(cpus, (some) => {
        const sorted = [...some].sort((a, b) => a - b);
        expect(cpusOf(mapOf('cpus', some))).to.deep.equal(sorted);
        expect(numbersOf(setText('cpus', sorted))).to.deep.equal(sorted);
      }),
    );
  });

  it('should be as long as the greatest cpu needs', () => {
    expect([[], [7], [8]].map((cpus) => mapOf('cpus', cpus).length)).to.deep.equal([0, 1, 2]);
    expect([0, 1, 8, 9, 64].map(mapBytes)).to.deep.equal([0, 1, 1, 2, 8]);
  });

  it('should be read from maps that lie one after the other', () => {
    expect(cpuSetsOf(Uint8Array.of(1, 0, 0, 1, 2, 0), 2)).to.deep.equal([[0], [8], [1]]);
    expect(cpuSetsOf(new Uint8Array(), 2)).to.deep.equal([]);
  });

  it('should be read from libvirt’s texts, which have ranges', () => {
    expect(numbersOf('0-2,5,7-8')).to.deep.equal([0, 1, 2, 5, 7, 8]);
    expect(numbersOf('')).to.deep.equal([]);
  });

  it('should refuse what is no cpu', () => {
    expect(() => mapOf('cpus', [0, -1])).to.throw(RangeError, 'cpus[1]');
    expect(() => mapOf('cpus', [16384])).to.throw(RangeError, 'cpus[0]');
    expect(() => mapOf('cpus', ['0' as never])).to.throw(TypeError, 'cpus[0]');
    expect(() => mapOf('cpus', new Array<number>(2).fill(3, 1))).to.throw(TypeError, 'cpus[0]');
    expect(() => setText('cpus', new Array<number>(1))).to.throw(TypeError, 'cpus[0]');
    expect(() => mapOf('cpus', '0-2' as never)).to.throw(TypeError, 'cpus must be an array');
    expect(() => setText('cpus', [0.5])).to.throw(RangeError, 'cpus[0]');
  });
});
