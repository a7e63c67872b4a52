import { expect } from 'chai';
import { HANDLE_READABLE as readable } from '../../../lib/loop/constants.js';
import { loopStory } from '../../support/loop/loop-story.js';

// How to read the diagrams: spec/support/loop/loop-story.ts.
describe('RxEventImpl: removals', () => {
  describe('of a timeout', () => {
    it('should end the calls, and free the opaque', () => {
      loopStory(
        `
        do     a------r----
        timer  ---x--x-----
        freed  -------t----`,
        { a: (libvirt) => libvirt.timeout('timer', 3), r: (libvirt) => libvirt.remove('timer') },
      );
    });

    it('should prevent a call that is due in the same millisecond', () => {
      loopStory(
        `
        do     a-----r-----
        timer  ---x--------
        freed  ------t-----`,
        { a: (libvirt) => libvirt.timeout('timer', 3), r: (libvirt) => libvirt.remove('timer') },
      );
    });

    it('should work from within its own callback', () => {
      loopStory(
        `
        do     a-----------
        timer  ---x--------
        freed  ---t--------`,
        { a: (libvirt) => libvirt.timeout('timer', 3, () => libvirt.remove('timer')) },
      );
    });

    it('should silence a later timeout of the same millisecond when an earlier one removes it', () => {
      loopStory(
        `
        do      (ab)--------
        first   ---x--x--x--
        second  ------------
        freed   ---s--------`,
        {
          a: (libvirt) => libvirt.timeout('first', 3, () => libvirt.remove('second')),
          b: (libvirt) => libvirt.timeout('second', 3),
        },
      );
    });

    it('should silence a later timeout of the same turn when an earlier one removes it', () => {
      loopStory(
        `
        do      (ab)--------
        turns   ----t---t---
        first   ----x---x---
        second  ------------
        freed   ----s-------`,
        {
          a: (libvirt) => libvirt.timeout('first', 0, () => libvirt.remove('second')),
          b: (libvirt) => libvirt.timeout('second', 0),
        },
      );
    });

    it('should leave nothing of an add, an update and a removal in one millisecond', () => {
      loopStory(
        `
        do     -(aur)----
        turns  -ttttttttt
        timer  ----------
        freed  -t--------`,
        {
          a: (libvirt) => libvirt.timeout('timer', 2),
          u: (libvirt) => libvirt.update('timer', 0),
          r: (libvirt) => libvirt.remove('timer'),
        },
      );
    });

    it('should answer 0, and -1 for an id that there is not or not any more', () => {
      const answers: number[] = [];
      loopStory(
        `
        do     r--as-t
        timer  -------
        freed  ----t--`,
        {
          a: (libvirt) => libvirt.timeout('timer', 5),
          r: (libvirt) => answers.push(libvirt.loop.removeTimeout(1)),
          s: (libvirt) => answers.push(libvirt.remove('timer')),
          t: (libvirt) => answers.push(libvirt.remove('timer')),
        },
      );
      expect(answers).to.deep.equal([-1, 0, -1]);
    });
  });

  describe('of a watch', () => {
    it('should end the calls, also for readiness of the same millisecond, and free the opaque', () => {
      loopStory(
        `
        do     a----r-----
        fd 5   -1-1-1-1-1-
        watch  -1-1-------
        freed  -----w-----`,
        { a: (libvirt) => libvirt.watch('watch', 5, readable), r: (libvirt) => libvirt.remove('watch') },
      );
    });

    it('should work from within its own callback', () => {
      loopStory(
        `
        do     a----------
        fd 5   --1--1--1--
        watch  --1--------
        freed  --w--------`,
        { a: (libvirt) => libvirt.watch('watch', 5, readable, () => libvirt.remove('watch')) },
      );
    });

    it('should silence another that became ready in the same millisecond', () => {
      loopStory(
        `
        do      (ab)------
        fd 5    ------1-1-
        fd 6    ------1-1-
        first   ------1-1-
        second  ----------
        freed   ------s---`,
        {
          a: (libvirt) => libvirt.watch('first', 5, readable, () => libvirt.remove('second')),
          b: (libvirt) => libvirt.watch('second', 6, readable),
        },
      );
    });

    it('should leave nothing of an add, an update and a removal in one millisecond', () => {
      loopStory(
        `
        do        -(aur)-----
        fd 5      -1-1-1-1-1-
        polled 5  -(^!^!)----
        watch     -----------
        freed     -w---------`,
        {
          a: (libvirt) => libvirt.watch('watch', 5, readable),
          u: (libvirt) => libvirt.update('watch', 3),
          r: (libvirt) => libvirt.remove('watch'),
        },
      );
    });

    it('should answer 0, and -1 for an id that there is not or not any more', () => {
      const answers: number[] = [];
      loopStory(
        `
        do     r--as-t
        freed  ----w--`,
        {
          a: (libvirt) => libvirt.watch('watch', 5, readable),
          r: (libvirt) => answers.push(libvirt.loop.removeHandle(1)),
          s: (libvirt) => answers.push(libvirt.remove('watch')),
          t: (libvirt) => answers.push(libvirt.remove('watch')),
        },
      );
      expect(answers).to.deep.equal([-1, 0, -1]);
    });
  });
});
