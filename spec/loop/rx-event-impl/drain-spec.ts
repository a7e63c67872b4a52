import { expect } from 'chai';
import { NEVER } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import type { LoopActivity } from '../../../lib/loop/loop-activity.js';
import { RxEventImpl } from '../../../lib/loop/rx-event-impl.js';

/** A loop whose time stands still, so that nothing is due. `frees` runs the work that waits for a clean stack. */
function quietLoop(): { loop: RxEventImpl; frees: () => void } {
  const scheduler = new TestScheduler(() => undefined);
  const loop = new RxEventImpl({ scheduler, fromFd: () => NEVER, turns: NEVER });
  const frees = (): void => {
    scheduler.run(() => (scheduler.maxFrames = 0));
  };
  return { loop, frees };
}

const nothing = (): void => {};

/** Resolves with the state of a promise after everything that could settle it has run. */
async function fate(promise: Promise<void>): Promise<'pending' | 'resolved'> {
  let state: 'pending' | 'resolved' = 'pending';
  void promise.then(() => (state = 'resolved'));
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
  return state;
}

describe('RxEventImpl: what it holds', () => {
  it('should count watches, timeouts, and what is removed and not freed yet', () => {
    const { loop, frees } = quietLoop();
    expect(loop.stats()).to.deep.equal({ handles: 0, timeouts: 0, pendingFrees: 0 });
    const watch = loop.addHandle(5, 1, nothing, undefined, nothing);
    loop.addHandle(5, 0, nothing, undefined, nothing);
    const timer = loop.addTimeout(-1, nothing, undefined, nothing);
    expect(loop.stats()).to.deep.equal({ handles: 2, timeouts: 1, pendingFrees: 0 });
    loop.removeHandle(watch);
    loop.removeTimeout(timer);
    expect(loop.stats()).to.deep.equal({ handles: 1, timeouts: 0, pendingFrees: 2 });
    frees();
    expect(loop.stats()).to.deep.equal({ handles: 1, timeouts: 0, pendingFrees: 0 });
  });

  it('should be idle while nothing is held and nothing waits to be freed', () => {
    const { loop, frees } = quietLoop();
    expect(loop.isIdle).to.equal(true);
    const timer = loop.addTimeout(-1, nothing, undefined, nothing);
    expect(loop.isIdle, 'with a silent timeout').to.equal(false);
    loop.removeTimeout(timer);
    expect(loop.isIdle, 'with a free to come').to.equal(false);
    frees();
    expect(loop.isIdle).to.equal(true);
  });

  describe('drain', () => {
    it('should resolve at once when the loop is idle', async () => {
      await quietLoop().loop.drain();
    });

    it('should resolve when all is removed and freed, and not before', async () => {
      const { loop, frees } = quietLoop();
      const watch = loop.addHandle(5, 1, nothing, undefined, nothing);
      const timer = loop.addTimeout(5, nothing, undefined, nothing);
      const drained = loop.drain();
      loop.removeHandle(watch);
      frees();
      expect(await fate(drained), 'with a timeout left').to.equal('pending');
      loop.removeTimeout(timer);
      expect(await fate(drained), 'with a free to come').to.equal('pending');
      frees();
      expect(await fate(drained)).to.equal('resolved');
    });

    it('should wait for what a free callback adds', async () => {
      const { loop, frees } = quietLoop();
      const removed = loop.addTimeout(-1, nothing, undefined, () => {
        added = loop.addTimeout(-1, nothing, undefined, nothing);
      });
      let added = 0;
      const drained = loop.drain();
      loop.removeTimeout(removed);
      frees();
      expect(await fate(drained), 'with the added one').to.equal('pending');
      loop.removeTimeout(added);
      frees();
      expect(await fate(drained)).to.equal('resolved');
    });

    it('should resolve for all who wait, and again later', async () => {
      const { loop, frees } = quietLoop();
      for (let round = 0; round < 2; round++) {
        const timer = loop.addTimeout(-1, nothing, undefined, nothing);
        const drained = [loop.drain(), loop.drain()];
        loop.removeTimeout(timer);
        frees();
        await Promise.all(drained);
      }
    });

    it('should resolve although a free callback throws', async () => {
      const { loop, frees } = quietLoop();
      const timer = loop.addTimeout(-1, nothing, undefined, () => {
        throw new Error('on purpose');
      });
      const drained = loop.drain();
      loop.removeTimeout(timer);
      frees();
      await drained;
    });
  });

  describe('freed', () => {
    it('should resolve when everything that was removed before is freed, whatever else is held', async () => {
      const { loop, frees } = quietLoop();
      loop.addHandle(5, 1, nothing, undefined, nothing);
      await loop.freed();
      loop.removeTimeout(loop.addTimeout(-1, nothing, undefined, nothing));
      const freed = loop.freed();
      expect(await fate(freed)).to.equal('pending');
      frees();
      expect(await fate(freed)).to.equal('resolved');
    });
  });
});

describe('RxEventImpl: activity', () => {
  it('should emit every add, update, dispatch, removal and free, in this order', () => {
    const seen: LoopActivity[] = [];
    const scheduler = new TestScheduler(() => undefined);
    scheduler.run(({ hot }) => {
      scheduler.maxFrames = 4;
      const readiness = hot('-r', { r: 3 });
      const loop = new RxEventImpl({ scheduler, fromFd: () => readiness, turns: NEVER });
      loop.activity.subscribe((activity) => seen.push(activity));
      const watch = loop.addHandle(5, 0, nothing, undefined, nothing);
      const timer = loop.addTimeout(-1, nothing, undefined, nothing);
      scheduler.schedule(() => loop.updateHandle(watch, 1), 0);
      scheduler.schedule(() => loop.updateTimeout(timer, 2), 0);
      scheduler.schedule(() => loop.removeTimeout(timer), 3);
      scheduler.schedule(() => loop.removeHandle(watch), 3);
    });
    expect(seen).to.deep.equal([
      { action: 'add', kind: 'handle', id: 1, fd: 5, events: 0 },
      { action: 'add', kind: 'timeout', id: 1, frequency: -1 },
      { action: 'update', kind: 'handle', id: 1, fd: 5, events: 1 },
      { action: 'update', kind: 'timeout', id: 1, frequency: 2 },
      { action: 'dispatch', kind: 'handle', id: 1, fd: 5, events: 1 },
      { action: 'dispatch', kind: 'timeout', id: 1 },
      { action: 'remove', kind: 'timeout', id: 1 },
      { action: 'remove', kind: 'handle', id: 1 },
      { action: 'free', kind: 'timeout', id: 1 },
      { action: 'free', kind: 'handle', id: 1 },
    ]);
  });

  it('should emit nothing for calls that had no effect', () => {
    const { loop, frees } = quietLoop();
    const seen: LoopActivity[] = [];
    loop.activity.subscribe((activity) => seen.push(activity));
    loop.updateHandle(7, 1);
    loop.updateTimeout(7, 1);
    loop.removeHandle(7);
    loop.removeTimeout(7);
    frees();
    expect(seen).to.deep.equal([]);
  });

  it('should be the same loop for all: hot, and without an end', () => {
    const { loop } = quietLoop();
    const early: number[] = [];
    const late: number[] = [];
    loop.activity.subscribe(({ id }) => early.push(id));
    loop.addTimeout(-1, nothing, undefined, nothing);
    loop.activity.subscribe(({ id }) => late.push(id));
    loop.addTimeout(-1, nothing, undefined, nothing);
    expect({ early, late }).to.deep.equal({ early: [1, 2], late: [2] });
  });
});

describe('RxEventImpl.shared', () => {
  it('should be one and the same instance always', () => {
    expect(RxEventImpl.shared).to.equal(RxEventImpl.shared);
    expect(RxEventImpl.shared).to.be.instanceOf(RxEventImpl);
    expect(new RxEventImpl()).not.to.equal(RxEventImpl.shared);
  });
});
