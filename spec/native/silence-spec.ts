import { expect } from 'chai';
import { event } from '../../lib/index.js';
import { OpenFds } from './open-fds.js';
import { history, leaveNothing, RecordedSource, turns, until } from './recorded-source.js';

const kinds = [
  {
    name: 'watch',
    silence: 0,
    add: (fds: OpenFds) => RecordedSource.handle(fds.readable(), event.HANDLE_READABLE),
  },
  { name: 'timeout', silence: -1, add: () => RecordedSource.timeout(0) },
];
// So many turns are enough for everything that was under way to arrive. Each turn polls, and runs what is due.
const manyTurns = 20;

/** The callbacks in the order in which they came. */
function callbackOrder(): number[] {
  return history()
    .filter(({ what }) => what === 'callback')
    .map(({ source }) => source);
}

describe('silence after a removal, or after mask 0 or frequency -1 (property 3)', () => {
  const fds = new OpenFds();
  afterEach(async () => {
    await leaveNothing();
    fds.closeAll();
  });

  for (const { name, silence, add } of kinds) {
    const ends = [
      { title: 'removed', end: (target: RecordedSource) => ({ remove: target }) },
      { title: `set to ${silence}`, end: (target: RecordedSource) => ({ update: target, wanted: silence }) },
    ];

    it(`should find a ${name} and another ready in the same batch, or the specs below prove nothing`, async () => {
      const pair = [add(fds), add(fds)].map(({ index }) => index);
      await until(() => callbackOrder().length >= 2);
      expect(callbackOrder().slice(0, 2)).to.have.members(pair);
    });

    for (const { title, end } of ends) {
      for (const onThread of [false, true]) {
        const by = onThread ? 'another thread' : 'another callback';
        it(`should not call back a ${name} ${title} by ${by} when it was ready in the same batch`, async () => {
          const [one, other] = [add(fds), add(fds)];
          // The source that is called first ends the other one, which is ready too and would be called next.
          one.onCallback({ ...end(other), onThread });
          other.onCallback({ ...end(one), onThread });
          await until(() => one.callbacks + other.callbacks > 0);
          await turns(manyTurns);
          expect([one, other].filter(({ callbacks }) => callbacks > 0)).to.have.length(1);
        });

        it(`should not call back a ${name} again that was ${title} by its own callback${onThread ? ', on another thread' : ''}`, async () => {
          const source = add(fds);
          source.onCallback({ ...end(source), onThread });
          await until(() => source.callbacks > 0);
          await turns(manyTurns);
          expect(source.callbacks).to.equal(1);
        });
      }

      it(`should not call back a ${name} ${title} between two turns, from this or another thread`, async () => {
        const sources = [add(fds), add(fds)];
        await until(() => sources.every(({ callbacks }) => callbacks > 0));
        for (const [index, source] of sources.entries()) {
          const onThread = index === 1;
          if (title === 'removed') source.remove({ onThread });
          else source.update(silence, { onThread });
        }
        const before = sources.map(({ callbacks }) => callbacks);
        await turns(manyTurns);
        expect(sources.map(({ callbacks }) => callbacks)).to.deep.equal(before);
      });
    }

    it(`should call back a silenced ${name} again once it is wanted again`, async () => {
      const source = add(fds);
      source.onCallback({ update: source, wanted: silence });
      await until(() => source.callbacks > 0);
      await turns(manyTurns);
      source.update(name === 'watch' ? event.HANDLE_READABLE : 0, { onThread: true });
      await until(() => source.callbacks > 1);
    });
  }

  it('should keep a watch silent that is removed and whose number another watch has at once', async () => {
    const fd = fds.readable();
    const old = RecordedSource.handle(fd, event.HANDLE_READABLE);
    await until(() => old.callbacks > 0);
    old.remove();
    const before = old.callbacks;
    const young = RecordedSource.handle(fd, event.HANDLE_READABLE);
    await until(() => young.callbacks > 0);
    await turns(manyTurns);
    expect(old.callbacks).to.equal(before);
  });

  it('should drop a timeout of some milliseconds that is due in the same turn as its remover', async () => {
    const [one, other] = [RecordedSource.timeout(5), RecordedSource.timeout(5)];
    one.onCallback({ remove: other });
    other.onCallback({ remove: one });
    await until(() => one.callbacks + other.callbacks > 2);
    expect([one, other].filter(({ callbacks }) => callbacks > 0)).to.have.length(1);
  });
});
