import { HANDLE_READABLE as readable, HANDLE_WRITABLE as writable } from '../../../lib/loop/constants.js';
import { loopStory, type Action } from '../../support/loop/loop-story.js';

// How to read the diagrams: spec/support/loop/loop-story.ts.
describe('RxEventImpl: updates', () => {
  describe('of a timeout', () => {
    const update = (wanted: number): Record<string, Action> => ({
      a: (libvirt) => libvirt.timeout('timer', 3),
      u: (libvirt) => libvirt.update('timer', wanted),
    });

    it('should begin a period of the new length, n to m', () => {
      loopStory(
        `
        do     a---u------------
        timer  ---x-----x----x--`,
        update(5),
      );
    });

    it('should begin the period afresh, also with the same frequency', () => {
      loopStory(
        `
        do     a---u-u-------
        timer  ---x-----x--x-`,
        update(3),
      );
    });

    it('should take the place of a call that is due in the same millisecond', () => {
      loopStory(
        `
        do     a--u------
        timer  ------x--x`,
        update(3),
      );
    });

    it('should change from a period to every turn, n to 0', () => {
      loopStory(
        `
        do     a---u------
        turns  -t-t-t-tt--
        timer  ---x-x-xx--`,
        update(0),
      );
    });

    it('should silence, n to -1', () => {
      loopStory(
        `
        do     a---u------
        turns  -t-t-t-t-t-
        timer  ---x-------`,
        update(-1),
      );
    });

    it('should silence every turn, 0 to -1', () => {
      loopStory(
        `
        do     a---u------
        turns  -t-t-t-t-t-
        timer  -x-x-------`,
        { ...update(-1), a: (libvirt) => libvirt.timeout('timer', 0) },
      );
    });

    it('should change from every turn to a period, 0 to n', () => {
      loopStory(
        `
        do     a---u------
        turns  -t-t-t-t-t-
        timer  -x-x--x-x-x`,
        { ...update(2), a: (libvirt) => libvirt.timeout('timer', 0) },
      );
    });

    it('should wake a silent one, -1 to n', () => {
      loopStory(
        `
        do     a---u------
        timer  ------x-x-x`,
        { ...update(2), a: (libvirt) => libvirt.timeout('timer', -1) },
      );
    });

    it('should wake a silent one, -1 to 0: one that got lost would silence a connection for good', () => {
      loopStory(
        `
        do     a---u------
        turns  -t-t-t-t-t-
        timer  -----x-x-x-`,
        { ...update(0), a: (libvirt) => libvirt.timeout('timer', -1) },
      );
    });

    it('should keep calling on every turn, 0 to 0', () => {
      loopStory(
        `
        do     a---u------
        turns  -t-t-t-t-t-
        timer  -x-x-x-x-x-`,
        { ...update(0), a: (libvirt) => libvirt.timeout('timer', 0) },
      );
    });

    it('should let the last of several in one millisecond win', () => {
      loopStory(
        `
        do     a---(uv)--------
        timer  ---x--x-x-x-x-x-`,
        { ...update(5), v: (libvirt) => libvirt.update('timer', 2) },
      );
    });

    it('should work from within its own callback', () => {
      loopStory(
        `
        do     a-----------
        timer  -x---x---x--`,
        { a: (libvirt) => libvirt.timeout('timer', 1, () => libvirt.update('timer', 4)) },
      );
    });

    it('should silence from within its own callback, which is how libvirt stops its timer', () => {
      loopStory(
        `
        do     a-----u----
        turns  -tt-tt-tttt
        timer  -x-----x---`,
        {
          a: (libvirt) => libvirt.timeout('timer', 0, () => libvirt.update('timer', -1)),
          u: (libvirt) => libvirt.update('timer', 0),
        },
      );
    });

    it('should do nothing for an id that there is not, nor for one that was removed', () => {
      loopStory(
        `
        do     a---r-u----
        timer  ---x-------
        freed  ----t------`,
        {
          a: (libvirt) => libvirt.timeout('timer', 3),
          r: (libvirt) => libvirt.remove('timer'),
          u: (libvirt) => {
            libvirt.update('timer', 1);
            libvirt.loop.updateTimeout(99, 1);
          },
        },
      );
    });
  });

  describe('of a watch', () => {
    it('should change the bits that are passed on', () => {
      loopStory(
        `
        do     a---u---v-----
        fd 5   -3-3-3-3-3-3--
        watch  -1-1-2-2-3-3--`,
        {
          a: (libvirt) => libvirt.watch('watch', 5, readable),
          u: (libvirt) => libvirt.update('watch', writable),
          v: (libvirt) => libvirt.update('watch', readable | writable),
        },
      );
    });

    it('should apply to readiness of the same millisecond', () => {
      loopStory(
        `
        do     a--u--v---
        fd 5   -1-1-11-1-
        watch  -1----1-1-`,
        {
          a: (libvirt) => libvirt.watch('watch', 5, readable),
          u: (libvirt) => libvirt.update('watch', 0),
          v: (libvirt) => libvirt.update('watch', readable),
        },
      );
    });

    it('should let the last of several in one millisecond win', () => {
      loopStory(
        `
        do     a-(uvw)-------
        fd 5   ---------3--3-
        watch  ---------2--2-`,
        {
          a: (libvirt) => libvirt.watch('watch', 5, readable),
          u: (libvirt) => libvirt.update('watch', readable | writable),
          v: (libvirt) => libvirt.update('watch', 0),
          w: (libvirt) => libvirt.update('watch', writable),
        },
      );
    });

    it('should work from within its own callback, as when there is nothing more to write', () => {
      loopStory(
        `
        do     a-----------
        fd 5   --2-3-2-1-3-
        watch  --2-1---1-1-`,
        { a: (libvirt) => libvirt.watch('watch', 5, 3, () => libvirt.update('watch', readable)) },
      );
    });

    it('should do nothing for an id that there is not, nor for one that was removed', () => {
      loopStory(
        `
        do        a--r-u-----
        fd 5      -1--1--1--1
        polled 5  ^--!-------
        watch     -1---------
        freed     ---w-------`,
        {
          a: (libvirt) => libvirt.watch('watch', 5, readable),
          r: (libvirt) => libvirt.remove('watch'),
          u: (libvirt) => {
            libvirt.update('watch', readable);
            libvirt.loop.updateHandle(99, readable);
          },
        },
      );
    });
  });
});
