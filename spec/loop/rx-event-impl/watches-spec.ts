import { expect } from 'chai';
import {
  HANDLE_ERROR,
  HANDLE_HANGUP,
  HANDLE_READABLE,
  HANDLE_WRITABLE,
} from '../../../lib/loop/constants.js';
import { loopStory } from '../../support/loop/loop-story.js';

const readable = HANDLE_READABLE;
const writable = HANDLE_WRITABLE;

// How to read the diagrams: spec/support/loop/loop-story.ts. The masks in them: 1 readable, 2 writable, 4 error,
// 8 hang-up, and their sums, in hexadecimal: c is error and hang-up.
describe('RxEventImpl: watches on file descriptors', () => {
  it('should use the bits of libvirt', () => {
    expect([readable, writable, HANDLE_ERROR, HANDLE_HANGUP]).to.deep.equal([1, 2, 4, 8]);
  });

  describe('the mask', () => {
    it('should call back each time the descriptor is ready', () => {
      loopStory(
        `
        do     a-----------
        fd 5   --1--11--1--
        watch  --1--11--1--`,
        { a: (libvirt) => libvirt.watch('watch', 5, readable) },
      );
    });

    it('should pass on the bits that were asked for, and no other', () => {
      loopStory(
        `
        do      (abc)-----
        fd 5    ------1-23
        reads   ------1--1
        writes  --------22
        both    ------1-23`,
        {
          a: (libvirt) => libvirt.watch('reads', 5, readable),
          b: (libvirt) => libvirt.watch('writes', 5, writable),
          c: (libvirt) => libvirt.watch('both', 5, readable | writable),
        },
      );
    });

    it('should report errors and hang-ups, asked for or not, each time', () => {
      loopStory(
        `
        do     a-----------
        fd 5   -4-8-c-9-b-8
        watch  -4-8-c-9-9-8`,
        { a: (libvirt) => libvirt.watch('watch', 5, readable) },
      );
    });

    it('should report errors and hang-ups to a watch for nothing else', () => {
      loopStory(
        `
        do     a-----------
        fd 5   -1-2-4-8-c-f
        watch  -----4-8-c-c`,
        { a: (libvirt) => libvirt.watch('watch', 5, HANDLE_ERROR) },
      );
    });

    it('should be silent at 0, also about errors and hang-ups, and not even look', () => {
      loopStory(
        `
        do        a-----------
        fd 5      -1-2-4-8-c-f
        polled 5  ------------
        watch     ------------`,
        { a: (libvirt) => libvirt.watch('watch', 5, 0) },
      );
    });
  });

  describe('one subscription each', () => {
    it('should subscribe with the add, subscribe anew with an update, and unsubscribe with the removal', () => {
      loopStory(
        `
        do        -a--u---------r--
        fd 5      3--3----3--3----3
        polled 5  -^--(!^)------!--
        watch     ---1----3--3-----
        freed     --------------w--`,
        {
          a: (libvirt) => libvirt.watch('watch', 5, readable),
          u: (libvirt) => libvirt.update('watch', readable | writable),
          r: (libvirt) => libvirt.remove('watch'),
        },
      );
    });

    it('should unsubscribe with a mask of 0, and subscribe again with another', () => {
      loopStory(
        `
        do        a---u-----v-----
        fd 5      -1-1-1-1-1-1-1-1
        polled 5  ^---!-----^-----
        watch     -1-1-------1-1-1`,
        {
          a: (libvirt) => libvirt.watch('watch', 5, readable),
          u: (libvirt) => libvirt.update('watch', 0),
          v: (libvirt) => libvirt.update('watch', readable),
        },
      );
    });
  });

  describe('one descriptor, several watches', () => {
    it('should give each watch its own bits, and the one with mask 0 none', () => {
      loopStory(
        `
        do      (abcd)-----
        fd 5    ------1238c
        reads   ------1-18c
        writes  -------228c
        both    ------1238c
        silent  -----------`,
        {
          a: (libvirt) => libvirt.watch('reads', 5, readable),
          b: (libvirt) => libvirt.watch('writes', 5, writable),
          c: (libvirt) => libvirt.watch('both', 5, readable | writable),
          d: (libvirt) => libvirt.watch('silent', 5, 0),
        },
      );
    });

    it('should leave the others alone when one is updated or removed', () => {
      loopStory(
        `
        do      (ab)--u---r---
        fd 5    ----3---3---3-
        first   ----1---2-----
        second  ----1---1---1-
        freed   ----------f---`,
        {
          a: (libvirt) => libvirt.watch('first', 5, readable),
          b: (libvirt) => libvirt.watch('second', 5, readable),
          u: (libvirt) => libvirt.update('first', writable),
          r: (libvirt) => libvirt.remove('first'),
        },
      );
    });

    it('should silence the second when the first one, called about the same readiness, removes it', () => {
      loopStory(
        `
        do      (ab)------
        fd 5    -----1--1-
        first   -----1--1-
        second  ----------
        freed   -----s----`,
        {
          a: (libvirt) => libvirt.watch('first', 5, readable, () => libvirt.remove('second')),
          b: (libvirt) => libvirt.watch('second', 5, readable),
        },
      );
    });
  });

  it('should number watches from 1, beside the timeouts, and never use a number again', () => {
    loopStory(
      `
      do     a-b-c-----
      freed  --(fs)----`,
      {
        a: (libvirt) => {
          libvirt.watch('first', 5, readable);
          libvirt.timeout('timer', -1);
          libvirt.watch('second', 5, 0);
          expect([libvirt.id('first'), libvirt.id('second'), libvirt.id('timer')]).to.deep.equal([1, 2, 1]);
        },
        b: (libvirt) => {
          libvirt.remove('first');
          libvirt.remove('second');
        },
        c: (libvirt) => {
          libvirt.watch('third', 5, readable);
          expect(libvirt.id('third')).to.equal(3);
        },
      },
    );
  });
});
