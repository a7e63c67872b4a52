import { expect } from 'chai';
import { event, fromFd } from '../../lib/index.js';
import { beBusy } from '../support/connection/several-connections.js';
import { OpenFds } from './open-fds.js';
import { leaveNothing, RecordedSource, turns, until } from './recorded-source.js';
import { specNative } from './spec-native.js';

const { HANDLE_READABLE, HANDLE_WRITABLE } = event;
const periodMs = 20;

describe('a change that another thread makes when the loop is about to call back', () => {
  const fds = new OpenFds();
  afterEach(async () => {
    await leaveNothing();
    fds.closeAll();
  });

  for (const [what, wanted] of [
    ['lengthens', 1_000_000],
    ['restarts', 1000],
    ['silences', -1],
  ] as const) {
    it(`should apply to a timeout that is due: the change ${what} it`, async () => {
      const timeout = RecordedSource.timeout(periodMs);
      await until(() => timeout.callbacks > 0);
      // In the next turn, the loop runs its timers before it reads the changes of other threads.
      await turns(1);
      beBusy(2 * periodMs);
      const before = timeout.callbacks;
      timeout.update(wanted, { onThread: true });
      await turns(5);
      expect(timeout.callbacks).to.equal(before);
    });
  }

  it('should apply to a watch in the same batch: what it no longer asks for is not reported', async () => {
    const [fd, other] = fds.socketPair();
    let hasNarrowed = false;
    // Of two watches on one file, the one that was added first is called first.
    const first = fromFd(fd, HANDLE_READABLE).subscribe(() => {
      if (!hasNarrowed) watch.update(HANDLE_READABLE, { onThread: true });
      hasNarrowed = true;
    });
    const watch = RecordedSource.handle(fd, HANDLE_READABLE | HANDLE_WRITABLE);
    try {
      await until(() => watch.callbacks > 0);
      specNative.writeByte(other);
      await until(() => hasNarrowed);
      await turns(3);
      expect(watch.masks).to.deep.equal([HANDLE_READABLE, HANDLE_WRITABLE]);
    } finally {
      first.unsubscribe();
    }
  });

  it('should apply to a watch in the same batch: a silenced watch is not called', async () => {
    const [fd, other] = fds.socketPair();
    let callbacksAtSilence: number | undefined;
    const first = fromFd(fd, HANDLE_READABLE).subscribe(() => {
      if (callbacksAtSilence !== undefined) return;
      watch.update(0, { onThread: true });
      callbacksAtSilence = watch.callbacks;
    });
    const watch = RecordedSource.handle(fd, HANDLE_READABLE | HANDLE_WRITABLE);
    try {
      await until(() => watch.callbacks > 0);
      specNative.writeByte(other);
      await until(() => callbacksAtSilence !== undefined);
      await turns(3);
      expect(watch.callbacks).to.equal(callbacksAtSilence);
    } finally {
      first.unsubscribe();
    }
  });
});
