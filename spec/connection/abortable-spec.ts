import { expect } from 'chai';
import { getEventListeners } from 'node:events';
import { abortable } from '../../lib/connection/abortable.js';
import { Connection } from '../../lib/index.js';
import { rejection } from '../support/rejection.js';

describe('abortable', () => {
  let abort: AbortController;
  beforeEach(() => {
    abort = new AbortController();
  });

  const listeners = (): number => getEventListeners(abort.signal, 'abort').length;
  const discard = (): Promise<void> => Promise.resolve();

  it('should leave the signal alone once the task is over', async () => {
    const done = abortable(Promise.resolve('done'), abort.signal, discard);
    expect(listeners()).to.equal(1);
    expect(await done).to.equal('done');
    expect(listeners()).to.equal(0);
    const failed = abortable(Promise.reject(new Error('not today')), abort.signal, discard);
    expect(await rejection(failed)).to.include({ message: 'not today' });
    expect(listeners()).to.equal(0);
  });

  it('should reject at once when the signal aborts, and hand what comes later to discard', async () => {
    let resolveTask: (value: string) => void = () => undefined;
    const task = new Promise<string>((resolve) => (resolveTask = resolve));
    let whenDiscarded: (value: string) => void = () => undefined;
    const discarded = new Promise<string>((resolve) => (whenDiscarded = resolve));
    const aborted = abortable(task, abort.signal, (late) => {
      whenDiscarded(late);
      return Promise.resolve();
    });
    abort.abort();
    expect(await rejection(aborted)).to.equal(abort.signal.reason);
    expect(listeners()).to.equal(0);
    resolveTask('late');
    expect(await discarded).to.equal('late');
  });

  it('should leave nothing on the signal of a connection that is open, or can’t be opened', async () => {
    const { signal } = abort;
    await using connection = await Connection.open('test:///default', { signal });
    expect(connection.isOpen).to.equal(true);
    expect(listeners()).to.equal(0);
    await rejection(Connection.open('no-such-driver:///', { signal }));
    expect(listeners()).to.equal(0);
  });
});
