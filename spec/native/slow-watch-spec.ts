import { expect } from 'chai';
import { performance } from 'node:perf_hooks';
import { event, fromFd } from '../../lib/index.js';
import { beBusy } from '../support/connection/several-connections.js';
import { OpenFds } from './open-fds.js';
import { until } from './recorded-source.js';

describe('a watch that is always ready and whose callback is slow', () => {
  const fds = new OpenFds();
  afterEach(() => fds.closeAll());

  it('should not keep the loop from its turns: a file that becomes ready meanwhile waits for the next turn', async () => {
    const inTurn = new Map<number, number>();
    let calls = 0;
    const watch = fromFd(fds.readable(), event.HANDLE_READABLE).subscribe(() => {
      const turn = performance.nodeTiming.uvMetricsInfo.loopCount;
      inTurn.set(turn, (inTurn.get(turn) ?? 0) + 1);
      calls++;
      // One wake-up of the poller may last so long.
      beBusy(1);
    });
    try {
      await until(() => calls > 50);
    } finally {
      watch.unsubscribe();
    }
    expect(Math.max(...inTurn.values())).to.equal(1);
  });

  it('should leave no other file that is ready to a later turn, however many there are', async () => {
    const count = 1000;
    const turns: number[] = [];
    const watches = Array.from({ length: count }, () => {
      const watch = fromFd(fds.readable(), event.HANDLE_READABLE).subscribe(() => {
        turns.push(performance.nodeTiming.uvMetricsInfo.loopCount);
        if (turns.length === 1) beBusy(5);
        watch.unsubscribe();
      });
      return watch;
    });
    try {
      await until(() => turns.length === count);
    } finally {
      for (const watch of watches) watch.unsubscribe();
    }
    expect(new Set(turns)).to.have.property('size', 1);
  });
});
