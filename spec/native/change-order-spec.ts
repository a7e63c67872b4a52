import { expect } from 'chai';
import { filter, take } from 'rxjs';
import { event, RxEventImpl } from '../../lib/index.js';
import { OpenFds } from './open-fds.js';
import { leaveNothing, RecordedSource, turns, until } from './recorded-source.js';

/**
 * Runs `act` while the implementation is being told of a new source. At that moment it also makes a change of its
 * own.
 */
function whileTold(act: () => void): void {
  const adds = RxEventImpl.shared.activity.pipe(
    filter(({ action }) => action === 'add'),
    take(1),
  );
  adds.subscribe(() => {
    act();
    event.removeTimeout(event.addTimeout(-1, () => {}));
  });
}

describe('changes made while the event loop is being told of one', () => {
  const fds = new OpenFds();
  afterEach(async () => {
    await leaveNothing();
    fds.closeAll();
  });

  for (const onThread of [false, true]) {
    const by = onThread ? 'another thread' : 'the same thread';

    it(`should free what ${by} removes meanwhile`, async () => {
      const source = RecordedSource.handle(fds.readable(), event.HANDLE_READABLE);
      whileTold(() => source.remove({ onThread }));
      await until(() => source.frees > 0);
      expect(source.callbacks).to.equal(0);
    });

    it(`should not lose an update that ${by} makes meanwhile`, async () => {
      const silent = RecordedSource.timeout(-1);
      whileTold(() => silent.update(0, { onThread }));
      await until(() => silent.callbacks > 0);

      const loud = RecordedSource.handle(fds.readable(), event.HANDLE_READABLE);
      whileTold(() => loud.update(0, { onThread }));
      await turns(10);
      expect(loud.callbacks).to.equal(0);
    });
  }

  it('should not keep JavaScript from its turns when each change causes the next', async () => {
    const limit = 1000;
    const source = RecordedSource.timeout(-1);
    await turns(2);
    let told = 0;
    const subscription = RxEventImpl.shared.activity
      .pipe(filter(({ action }) => action === 'update'))
      .subscribe(() => {
        if (++told < limit) source.update(told % 2 === 0 ? -1 : 100_000, { onThread: true });
      });
    source.update(100_000, { onThread: true });
    await until(() => told > 0);
    expect(told, 'told in one turn of the loop').to.be.below(10);
    await until(() => told === limit);
    subscription.unsubscribe();
  });

  it('should not be told of a timeout that is silent and is silenced again', async () => {
    const silent = RecordedSource.timeout(-1);
    await turns(3);
    const told: string[] = [];
    const telling = RxEventImpl.shared.activity.subscribe(({ action }) => told.push(action));
    silent.update(-1);
    silent.update(-1, { onThread: true });
    await turns(3);
    telling.unsubscribe();
    expect(told).to.deep.equal([]);
  });
});
