import { expect } from 'chai';
import { fstatSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { filter, firstValueFrom, map, take, toArray } from 'rxjs';
import { Connection, event, RxEventImpl } from '../../lib/index.js';
import { PrivateLibvirtd } from '../support/libvirtd/private-libvirtd.js';
import { OpenFds } from './open-fds.js';
import { leaveNothing, RecordedSource, until } from './recorded-source.js';

// The table in the README says how other event loops for libvirt behave here, and which specs prove its other rows.
describe('edge cases of the contract in which other event loops for libvirt fail', () => {
  const fds = new OpenFds();
  afterEach(async () => {
    await leaveNothing();
    fds.closeAll();
  });

  it('should wake a sleeping loop when another thread arms a timeout', async () => {
    const timeout = RecordedSource.timeout(-1);
    await until(() => !RxEventImpl.shared.isIdle);
    const fired = firstValueFrom(
      RxEventImpl.shared.activity.pipe(
        filter(({ action }) => action === 'dispatch'),
        map(() => 'woken'),
      ),
    );
    timeout.update(0, { onThread: true });
    // The loop has nothing else to do until then.
    expect(await Promise.race([fired, delay(5_000, 'asleep')])).to.equal('woken');
  });

  it('should leave the file descriptor of a watch open', async () => {
    const fd = fds.readable();
    const watch = RecordedSource.handle(fd, event.HANDLE_READABLE);
    await until(() => watch.callbacks > 0);
    watch.remove();
    await until(() => watch.frees === 1);
    expect(fstatSync(fd).isFIFO()).to.equal(true);
  });

  it('should free what was removed even while the loop is never idle', async () => {
    const busy = RecordedSource.timeout(0);
    const timeouts = Array.from({ length: 100 }, () => RecordedSource.timeout(1_000));
    await until(() => busy.callbacks > 0);
    for (const timeout of timeouts) timeout.remove();
    await until(() => timeouts.every(({ frees }) => frees === 1));
  });

  it('should keep events coming beside blocking calls on the same connection', async () => {
    await using libvirtd = await PrivateLibvirtd.start();
    await using connection = await Connection.open(libvirtd.uri);
    const domain = await connection.lookupDomainByName('test');
    const pairs = 500;
    const makePairs = async (): Promise<void> => {
      for (let i = 0; i < pairs; i++) {
        await domain.suspend();
        await domain.resume();
      }
    };
    const events = connection.domainEvents('lifecycle', { onRegistered: () => void makePairs() });
    const seen = await firstValueFrom(events.pipe(take(2 * pairs), toArray()));
    expect(new Set(seen.filter((_, i) => i % 2 === 0).map((each) => each.event))).to.deep.equal(
      new Set(['suspended']),
    );
  });
});
