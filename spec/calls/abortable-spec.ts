import { expect } from 'chai';
import { getEventListeners } from 'node:events';
import { abortable } from '../../lib/calls/abortable.js';
import { Connection, TimeoutError } from '../../lib/index.js';
import { rejection } from '../support/rejection.js';

describe('abortable', () => {
  let abort: AbortController;
  const limits = () => ({ signal: abort.signal });
  const attempt = (abandon: () => void) => ({ call: 'virDomainSave', attempt: () => 'no', abandon });
  beforeEach(() => {
    abort = new AbortController();
  });

  const listeners = (): number => getEventListeners(abort.signal, 'abort').length;
  const never = (): never => expect.fail('nothing was aborted');

  it('should leave no listener on the signal when the task is over', async () => {
    const done = abortable(Promise.resolve('done'), limits(), attempt(never));
    expect(listeners()).to.equal(1);
    expect(await done).to.equal('done');
    expect(listeners()).to.equal(0);
    const failed = abortable(Promise.reject(new Error('not today')), limits(), attempt(never));
    expect(await rejection(failed)).to.include({ message: 'not today' });
    expect(listeners()).to.equal(0);
  });

  it('should reject at once when the signal aborts, and abandon the task', async () => {
    let abandoned = 0;
    const aborted = abortable(
      new Promise(() => undefined),
      limits(),
      attempt(() => abandoned++),
    );
    abort.abort();
    expect(await rejection(aborted)).to.equal(abort.signal.reason);
    expect(abandoned).to.equal(1);
    expect(listeners()).to.equal(0);
  });

  it('should reject also when the signal aborts just after the task is done', async () => {
    let abandoned = 0;
    const aborted = abortable(
      Promise.resolve('done'),
      limits(),
      attempt(() => abandoned++),
    );
    abort.abort();
    expect(await rejection(aborted)).to.equal(abort.signal.reason);
    expect(abandoned).to.equal(1);
  });

  it('should reject when the time is over, abandon the task once, and leave no listener', async () => {
    let abandoned = 0;
    const limited = abortable(
      new Promise(() => undefined),
      { ...limits(), timeout: 1 },
      attempt(() => abandoned++),
    );
    expect(await rejection(limited))
      .to.be.instanceOf(TimeoutError)
      .and.include({ call: 'virDomainSave', timeout: 1, message: 'no: there was no answer within 1 ms' });
    abort.abort();
    expect(abandoned).to.equal(1);
    expect(listeners()).to.equal(0);
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
