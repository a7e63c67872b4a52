import { expect } from 'chai';
import { loopStory } from '../../support/loop/loop-story.js';

// How to read the diagrams: spec/support/loop/loop-story.ts.
describe('RxEventImpl: timeouts', () => {
  describe('the frequency', () => {
    it('should call back each n milliseconds', () => {
      loopStory(
        `
        do     a------------
        timer  ---x--x--x--x`,
        { a: (libvirt) => libvirt.timeout('timer', 3) },
      );
    });

    it('should count the period from when the timeout was added', () => {
      loopStory(
        `
        do     -----a-------
        timer  ---------x---`,
        { a: (libvirt) => libvirt.timeout('timer', 4) },
      );
    });

    it('should stay silent at -1', () => {
      loopStory(
        `
        do     a-----------
        turns  -t-t-t-t-t-t
        timer  ------------`,
        { a: (libvirt) => libvirt.timeout('timer', -1) },
      );
    });

    it('should call back once on every turn of the loop at 0', () => {
      loopStory(
        `
        do     a--------
        turns  -t--tt--t
        timer  -x--xx--x`,
        { a: (libvirt) => libvirt.timeout('timer', 0) },
      );
    });

    it('should give each of several timeouts its own', () => {
      loopStory(
        `
        do     (abc)-------
        turns  ------t-----
        two    --x-x-x-x-x-
        three  ---x--x--x--
        zero   ------x-----`,
        {
          a: (libvirt) => libvirt.timeout('two', 2),
          b: (libvirt) => libvirt.timeout('three', 3),
          c: (libvirt) => libvirt.timeout('zero', 0),
        },
      );
    });
  });

  describe('several in the same millisecond', () => {
    it('should be called in the order in which they were armed', () => {
      const order: string[] = [];
      loopStory(
        `
        do      (ab)------
        first   ------x---
        second  ------x---`,
        {
          a: (libvirt) => libvirt.timeout('first', 6, () => order.push('first')),
          b: (libvirt) => libvirt.timeout('second', 6, () => order.push('second')),
        },
      );
      expect(order).to.deep.equal(['first', 'second']);
    });

    it('should pass over one that an earlier one silences', () => {
      loopStory(
        `
        do      (ab)----------
        first   -----x----x---
        second  --------------`,
        {
          a: (libvirt) => libvirt.timeout('first', 5, () => libvirt.update('second', -1)),
          b: (libvirt) => libvirt.timeout('second', 5),
        },
      );
    });

    it('should wait with one that an earlier one arms afresh', () => {
      loopStory(
        `
        do      (ab)----------
        first   -----x--------
        second  -------x-x-x-x`,
        {
          a: (libvirt) =>
            libvirt.timeout('first', 5, () => {
              libvirt.update('first', -1);
              libvirt.update('second', 2);
            }),
          b: (libvirt) => libvirt.timeout('second', 5),
        },
      );
    });

    it('should begin a new one that a callback adds', () => {
      loopStory(
        `
        do     a-----------
        one    ----x-------
        next   -------x--x-
        freed  ----o-------`,
        {
          a: (libvirt) =>
            libvirt.timeout('one', 4, () => {
              libvirt.remove('one');
              libvirt.timeout('next', 3);
            }),
        },
      );
    });
  });

  it('should number timeouts from 1, beside the watches, and never use a number again', () => {
    loopStory(
      `
      do     a-b-c-----
      freed  --(fs)----`,
      {
        a: (libvirt) => {
          libvirt.timeout('first', -1);
          libvirt.watch('watch', 5, 0);
          libvirt.timeout('second', -1);
          expect([libvirt.id('first'), libvirt.id('second'), libvirt.id('watch')]).to.deep.equal([1, 2, 1]);
        },
        b: (libvirt) => {
          libvirt.remove('first');
          libvirt.remove('second');
        },
        c: (libvirt) => {
          libvirt.timeout('third', -1);
          expect(libvirt.id('third')).to.equal(3);
        },
      },
    );
  });
});
