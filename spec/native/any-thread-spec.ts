import { expect } from 'chai';
import { event, RxEventImpl } from '../../lib/index.js';
import { OpenFds } from './open-fds.js';
import { leaveNothing, RecordedSource, until } from './recorded-source.js';
import { reportOf } from '../support/programs/run-script.js';
import { specNative } from './spec-native.js';

const cycles = 100_000;
// This limit turns a deadlock into a failure instead of a hang. The thread needs only a fraction of it.
const deadlockMs = 20_000;

describe('the six functions of the event bridge, called from any thread (property 1)', () => {
  const fds = new OpenFds();
  before(() => {
    event.register(RxEventImpl.shared);
  });
  afterEach(async () => {
    await leaveNothing();
    fds.closeAll();
  });

  it('should return while JavaScript is busy, and never give an id twice over 100,000 adds and removes', async () => {
    specNative.startCycles(fds.readable(), cycles);
    // Inside this block JavaScript gets no turn of the loop. A function that waited for JavaScript would never return.
    const start = Date.now();
    while (!specNative.haveCyclesEnded() && Date.now() - start < deadlockMs);
    const hasEnded = specNative.haveCyclesEnded();

    expect(hasEnded, 'the thread came to its end while JavaScript was busy').to.equal(true);
    const { handles, timeouts, failedRemovals } = specNative.joinCycles();
    expect(failedRemovals).to.equal(0);
    for (const ids of [handles, timeouts]) {
      expect(ids).to.include({ gaps: 0, refused: 0 });
      expect(ids.last - ids.first + 1).to.equal(cycles);
    }
    await until(() => specNative.cycleFrees() === 2 * cycles);
  });

  it('should answer a thread that the JavaScript thread waits for, also from within a callback', async () => {
    const other = RecordedSource.timeout(-1, { onThread: true });
    const first = RecordedSource.handle(fds.readable(), event.HANDLE_READABLE, { onThread: true });
    first
      .onCallback({ update: other, wanted: 0, onThread: true })
      .onCallback({ remove: first, onThread: true });

    await until(() => other.callbacks > 0);
    expect(first.callbacks).to.equal(1);
    expect(other.remove({ onThread: true })).to.equal(0);
    expect(other.remove({ onThread: true }), 'an id that is gone').to.equal(-1);
    expect(other.callbacks).to.be.above(0);
    expect(first.entries.find(({ what }) => what === 'callback')).to.include({ isLoopThread: true });
  });

  it('should give ids from 1 up, separately for watches and timeouts', async () => {
    expect(await reportOf('first-ids')).to.deep.equal({ handles: [1, 2, 3], timeouts: [1, 2, 3] });
  });

  it('should ignore an update of an id that was removed', () => {
    const source = RecordedSource.timeout(-1);
    source.remove();
    source.update(0);
    expect(source.callbacks).to.equal(0);
  });
});
