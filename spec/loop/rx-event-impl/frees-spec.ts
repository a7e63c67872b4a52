import { expect } from 'chai';
import { queueScheduler } from 'rxjs';
import { RxEventImpl } from '../../../lib/index.js';
import { LogLines } from '../../support/log-lines.js';
import { loopStory } from '../../support/loop/loop-story.js';

// How to read the diagrams: spec/support/loop/loop-story.ts. A free releases the opaque that was given with the add. The
// opaque belongs to libvirt. libvirt's free callback takes locks that libvirt already holds during a removal.
describe('RxEventImpl: frees', () => {
  it('should free once for each add: after its removal, not within it', () => {
    const order: string[] = [];
    loopStory(
      `
      do     a---r--s--
      timer  ----------
      freed  ----t-----`,
      {
        a: (libvirt) => {
          libvirt.onFree = () => order.push('freed');
          libvirt.timeout('timer', -1);
        },
        r: (libvirt) => {
          libvirt.remove('timer');
          order.push('removed');
        },
        s: (libvirt) => libvirt.remove('timer'),
      },
    );
    expect(order).to.deep.equal(['removed', 'freed']);
  });

  it('should free nothing that was not removed', () => {
    loopStory(
      `
      do     (ab)------
      fd 5   -----1-1--
      timer  ---x--x--x
      watch  -----1-1--
      freed  ----------`,
      { a: (libvirt) => libvirt.timeout('timer', 3), b: (libvirt) => libvirt.watch('watch', 5, 1) },
    );
  });

  it('should free after the last callback has returned, when the callback removes itself', () => {
    const order: string[] = [];
    loopStory(
      `
      do     a-------
      fd 5   --1--1--
      watch  --1-----
      freed  --w-----`,
      {
        a: (libvirt) => {
          libvirt.onFree = () => order.push('freed');
          libvirt.watch('watch', 5, 1, () => {
            libvirt.remove('watch');
            order.push('returned');
          });
        },
      },
    );
    expect(order).to.deep.equal(['returned', 'freed']);
  });

  it('should free in the order of the removals, watches and timeouts alike', () => {
    loopStory(
      `
      do     a----r----
      freed  -----(cab)`,
      {
        a: (libvirt) => {
          libvirt.timeout('a', -1);
          libvirt.timeout('b', -1);
          libvirt.watch('c', 5, 0);
        },
        r: (libvirt) => ['c', 'a', 'b'].forEach((name) => libvirt.remove(name)),
      },
    );
  });

  it('should free what a free callback removes, on another clean stack', () => {
    const order: string[] = [];
    loopStory(
      `
      do     a----r----
      freed  -----(fs)-`,
      {
        a: (libvirt) => {
          libvirt.timeout('first', -1);
          libvirt.watch('second', 5, 1);
          libvirt.onFree = (name) => {
            if (name === 'first') libvirt.remove('second');
            order.push(`${name} freed`);
          };
        },
        r: (libvirt) => libvirt.remove('first'),
      },
    );
    expect(order).to.deep.equal(['first freed', 'second freed']);
  });

  it('should let a free callback add anew', () => {
    loopStory(
      `
      do     a----r------
      next   -------x-x-x
      freed  -----o------`,
      {
        a: (libvirt) => {
          libvirt.timeout('old', -1);
          libvirt.onFree = () => libvirt.timeout('next', 2);
        },
        r: (libvirt) => libvirt.remove('old'),
      },
    );
  });

  it('should log a free callback that throws, not call it again, and free the others', () => {
    const { logger, lines } = new LogLines();
    loopStory(
      `
      do     a----r----
      freed  -----(fs)-`,
      {
        a: (libvirt) => {
          libvirt.timeout('first', -1);
          libvirt.watch('second', 5, 1);
          libvirt.onFree = (name) => {
            if (name === 'first') throw new Error('on purpose');
          };
        },
        r: (libvirt) => {
          libvirt.remove('first');
          libvirt.remove('second');
        },
      },
      { logger },
    );
    expect(lines).to.deep.equal(['error: freeing timeout 1 failed: Error: on purpose']);
  });

  it('should free where the scheduler runs its work at once', async () => {
    const impl = new RxEventImpl({ scheduler: queueScheduler });
    const freed: unknown[] = [];
    const add = (opaque: number) =>
      impl.addTimeout(
        -1,
        () => undefined,
        opaque,
        (each) => {
          freed.push(each);
        },
      );
    for (const timer of [add(1), add(2), add(3)]) impl.removeTimeout(timer);
    await impl.drain();
    expect(freed).to.deep.equal([1, 2, 3]);
  });
});
