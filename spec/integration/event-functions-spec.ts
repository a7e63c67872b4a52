import { expect } from 'chai';
import { reportOf } from '../support/programs/run-script.js';

/** Runs a scenario of spec/fixtures/event-functions.ts, which has to end by itself and print nothing to stderr. */
const scenario = (name: string): Promise<unknown> => reportOf('event-functions', [name]);

const already = (message: string): object => ({ name: 'EventLoopError', code: 'EALREADY', message });
const forLife = 'libvirt accepts only one for the life of the process';
const alreadyOurs = already(`another event loop is registered already; ${forLife}`);

describe('event.register', () => {
  it('should take the same implementation again, as a no-op', async () => {
    expect(await scenario('the same again')).to.equal(null);
  });

  it('should refuse a second implementation with EventLoopError', async () => {
    expect(await scenario('a second one')).to.deep.equal(alreadyOurs);
  });

  it('should refuse after a connection was opened, except for the shared one, which the open has registered', async () => {
    expect(await scenario('after a connection')).to.deep.equal({
      isOpen: true,
      another: alreadyOurs,
      shared: null,
    });
  });

  it('should refuse with TypeError what does not inherit EventImpl, the deprecated way of Sys::Virt among it', async () => {
    const message = 'an event loop must be an instance of a subclass of EventImpl';
    expect(await scenario('no event loop')).to.deep.equal({
      refused: Array.from({ length: 6 }, () => ({ name: 'TypeError', message })),
      afterwards: null,
    });
  });
});

describe('event.addHandle … removeTimeout', () => {
  it('should register RxEventImpl.shared when nothing is registered', async () => {
    expect(await scenario('an add with nothing registered')).to.deep.equal({
      handles: 0,
      timeouts: 1,
      pendingFrees: 0,
    });
  });

  it('should reach whichever implementation is registered, through libvirt', async () => {
    expect(await scenario('an add reaches the registered one')).to.deep.equal([
      { fd: 0, events: 0 },
      { frequency: 7000 },
      { timer: 1, frequency: -1 },
      { timer: 1 },
    ]);
  });

  it('should watch a file descriptor: add, update, remove', async () => {
    expect(await scenario('handles')).to.deep.equal({
      ids: [1, 2, 3],
      isItsOwn: true,
      events: 2,
      readableEvents: 1,
      calls: [],
      removedAgain: { name: 'EventLoopError', code: 'ENOENT', message: 'there is no watch 2' },
      updatedAgain: null,
    });
  });

  it('should time: n, 0 and -1; add, update, remove', async () => {
    expect(await scenario('timeouts')).to.deep.equal({
      ids: [1, 2, 3, 4],
      isItsOwn: true,
      isEveryTurn: true,
      callsWhenSilent: 0,
      silentCalls: 0,
      removedAgain: { name: 'EventLoopError', code: 'ENOENT', message: 'there is no timeout 1' },
      updatedAgain: null,
    });
  });

  it('should refuse wrong types with TypeError and numbers out of range with RangeError, before libvirt', async () => {
    expect(await scenario('bad arguments')).to.deep.equal({
      failures: [
        'addHandle: TypeError',
        'addHandle: TypeError',
        'addHandle: TypeError',
        'addHandle: RangeError',
        'addHandle: RangeError',
        'addHandle: RangeError',
        'updateHandle: TypeError',
        'updateHandle: RangeError',
        'removeHandle: TypeError',
        'removeHandle: RangeError',
        'addTimeout: TypeError',
        'addTimeout: TypeError',
        'addTimeout: RangeError',
        'addTimeout: RangeError',
        'updateTimeout: TypeError',
        'updateTimeout: RangeError',
        'removeTimeout: TypeError',
        'removeTimeout: RangeError',
      ],
      isLibvirtReached: false,
    });
  });

  it('should refuse what is no open file descriptor with EventLoopError EBADF', async () => {
    const answer = (await scenario('descriptors that are none')) as Record<string, object>;
    expect(answer['negative']).to.deep.equal({
      name: 'EventLoopError',
      code: 'EBADF',
      message: "file descriptor -1 can't be watched: it is not open (EBADF)",
    });
    expect(answer['closed']).to.include({ name: 'EventLoopError', code: 'EBADF' });
    expect(answer['stats']).to.deep.equal({ handles: 0, timeouts: 0, pendingFrees: 0 });
  });
});
