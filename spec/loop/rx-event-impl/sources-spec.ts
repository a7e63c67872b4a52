import { expect } from 'chai';
import { config, NEVER, of, Subject, throwError } from 'rxjs';
import { RxEventImpl } from '../../../lib/loop/rx-event-impl.js';
import { LogLines } from '../../support/log-lines.js';
import { loopStory } from '../../support/loop/loop-story.js';

// How to read the diagrams: spec/support/loop/loop-story.ts. A source is the Observable that emits readiness.
describe('RxEventImpl: sources and callbacks that fail', () => {
  const nothing = (): void => {};

  it('should refuse a watch whose source fails at once, and never call back or free', () => {
    const { logger, lines } = new LogLines();
    let attempts = 0;
    loopStory(
      `
      do        -a----
      fd 5      #-----
      polled 5  -(^!)-`,
      {
        a: (libvirt) => {
          libvirt.watch('watch', 5, 1);
          attempts++;
          expect(libvirt.id('watch')).to.equal(-1);
          expect(libvirt.loop.isIdle).to.equal(true);
        },
      },
      { logger },
    );
    expect(attempts).to.equal(1);
    expect(lines).to.deep.equal(['error: watch 1 on file descriptor 5 failed: error']);
  });

  it('should not give the number of a refused watch to the next one', () => {
    const fromFd = (fd: number) => (fd < 0 ? throwError(() => new Error('EBADF')) : NEVER);
    const loop = new RxEventImpl({ fromFd, logger: new LogLines().logger });
    expect(loop.addHandle(-1, 1, nothing, undefined, nothing)).to.equal(-1);
    expect(loop.addHandle(5, 1, nothing, undefined, nothing)).to.equal(2);
  });

  it('should keep a watch whose source fails later, silent, until it is removed and freed', () => {
    const { logger, lines } = new LogLines();
    loopStory(
      `
      do        a------r--
      fd 5      -1-1#-----
      polled 5  ^---!-----
      watch     -1-1------
      freed     -------w--`,
      { a: (libvirt) => libvirt.watch('watch', 5, 1), r: (libvirt) => libvirt.remove('watch') },
      { logger },
    );
    expect(lines).to.deep.equal(['error: watch 1 on file descriptor 5 failed: error']);
  });

  it('should try the source again on an update', () => {
    const second = new Subject<number>();
    const sources = [throwError(() => new Error('too early')), second];
    const calls: number[] = [];
    const loop = new RxEventImpl({ fromFd: () => sources.shift() ?? NEVER, logger: new LogLines().logger });
    const watch = loop.addHandle(5, 0, (_watch, _fd, events) => calls.push(events), undefined, nothing);
    loop.updateHandle(watch, 1);
    loop.updateHandle(watch, 1);
    second.next(1);
    expect(calls).to.deep.equal([1]);
  });

  it('should keep a watch whose source ends, silent, until it is removed and freed', () => {
    loopStory(
      `
      do     a------r--
      fd 5   -1-1|-----
      watch  -1-1------
      freed  -------w--`,
      { a: (libvirt) => libvirt.watch('watch', 5, 1), r: (libvirt) => libvirt.remove('watch') },
    );
  });

  it('should fail separately for each descriptor: a broken source leaves the others alone', () => {
    loopStory(
      `
      do     (ab)------
      fd 5   -----1#---
      fd 6   -----1-1-1
      five   -----1----
      six    -----1-1-1`,
      { a: (libvirt) => libvirt.watch('five', 5, 1), b: (libvirt) => libvirt.watch('six', 6, 1) },
      { logger: new LogLines().logger },
    );
  });

  it('should respect a removal when a source emits as soon as it is subscribed to', () => {
    const calls: number[] = [];
    const loop = new RxEventImpl({ fromFd: () => of(1, 2, 3) });
    const watch = loop.addHandle(
      5,
      3,
      (id, _fd, events) => {
        calls.push(events);
        loop.removeHandle(id);
      },
      undefined,
      nothing,
    );
    expect(watch).to.equal(1);
    expect(calls).to.deep.equal([1]);
  });

  it('should respect a removal when the turns come all at once', () => {
    let calls = 0;
    const loop = new RxEventImpl({ turns: of(1, 2, 3) });
    const remove = (id: number): void => {
      calls++;
      loop.removeTimeout(id);
    };
    expect(loop.addTimeout(0, remove, undefined, nothing)).to.equal(1);
    expect(calls).to.equal(1);
  });

  it('should log an invalid frequency, and stay silent', () => {
    const { logger, lines } = new LogLines();
    loopStory(
      `
      do     a-----r--
      turns  -t-t-t-t-
      timer  ---------
      freed  ------t--`,
      { a: (libvirt) => libvirt.timeout('timer', -2), r: (libvirt) => libvirt.remove('timer') },
      { logger },
    );
    expect(lines).to.have.length(1);
    expect(lines[0]).to.match(/^error: timeout 1 failed: RangeError: frequency must be an integer from -1/);
  });

  describe('a callback that throws', () => {
    const reported: unknown[] = [];
    beforeEach(() => {
      reported.length = 0;
      config.onUnhandledError = (error) => reported.push(error);
    });
    afterEach(() => {
      config.onUnhandledError = null;
    });
    const mistake = new Error('on purpose');
    const fail = (): never => {
      throw mistake;
    };

    it('should be reported as RxJS does it, and be called again', () => {
      loopStory(
        `
        do     (ab)--------
        fd 5   -----1--1--1
        timer  ----x---x---
        watch  -----1--1--1`,
        {
          a: (libvirt) => libvirt.timeout('timer', 4, fail),
          b: (libvirt) => libvirt.watch('watch', 5, 1, fail),
        },
      );
      expect(reported).to.deep.equal([mistake, mistake, mistake, mistake, mistake]);
    });

    it('should not keep a neighbour of the same millisecond from its call', () => {
      loopStory(
        `
        do      (ab)------
        turns   -----t--t-
        first   -----x--x-
        second  -----x--x-`,
        {
          a: (libvirt) => libvirt.timeout('first', 0, fail),
          b: (libvirt) => libvirt.timeout('second', 0),
        },
      );
    });
  });
});
