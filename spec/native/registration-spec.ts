import { expect } from 'chai';
import { runScript } from '../support/programs/run-script.js';

const error = (message: string) => ({ name: 'EventLoopError', code: 'EALREADY', message });
const forLife = 'libvirt accepts only one for the life of the process';
const anotherOfOurs = error(`another event loop is registered already; ${forLife}`);
const defaultLoop = error(`libvirt's default event loop is registered already; ${forLife}`);
const foreign = error(
  'an event loop was registered by other code in this process; let rxvirt register first, before that code is loaded',
);
const otherThread = error(
  'the event loop is registered by another thread of this process; connections may be opened here and use it',
);

/** The outcome of each step of the case; see fixtures/loop-registrations.ts. */
async function outcomesOf(name: string, stderr = /^$/): Promise<unknown> {
  const end = await runScript('loop-registrations', [name]);
  expect(end).to.include({ exitCode: 0, signal: null });
  expect(end.stderr).to.match(stderr);
  return JSON.parse(end.stdout) as unknown;
}

describe('registering an event loop, once for a process (property 11)', () => {
  it('should do nothing for the same implementation again', async () => {
    expect(await outcomesOf('same again')).to.deep.equal(['done', 'done']);
  });

  it('should refuse a second implementation, and the default loop after one', async () => {
    expect(await outcomesOf('second of ours')).to.deep.equal(['done', anotherOfOurs, anotherOfOurs]);
  });

  it('should refuse anything after a connection was opened, except what the open has registered', async () => {
    expect(await outcomesOf('after a connection')).to.deep.equal([
      anotherOfOurs,
      anotherOfOurs,
      'done',
      'done',
    ]);
  });

  it("should refuse an implementation after libvirt's default loop", async () => {
    expect(await outcomesOf('after the default loop')).to.deep.equal(['done', 'done', defaultLoop]);
  });

  it('should refuse beside foreign code that registered first: a loop, a timeout and a connection', async () => {
    expect(await outcomesOf('beside foreign code')).to.deep.equal([foreign, foreign, foreign, foreign]);
  });

  it('should stay in force when foreign code registers second', async () => {
    const libvirtsWarning = /Ignoring attempt to replace registered event loop/;
    expect(await outcomesOf('foreign code second', libvirtsWarning)).to.deep.equal(['done', 'done', 'done']);
  });

  it('should refuse a worker while the main thread has the loop, and leave the loop to the main thread', async () => {
    expect(await outcomesOf('from a worker')).to.deep.equal(['done', otherThread, 'done']);
  });

  it('should be possible again after the worker that registered has ended: for a loop, or a connection', async () => {
    expect(await outcomesOf('while a worker holds it')).to.deep.equal(['done', 'done', 'done']);
  });

  it('should refuse a value that is not an implementation with a TypeError', async () => {
    expect(await outcomesOf('no loop')).to.deep.equal({
      name: 'TypeError',
      message: 'an event loop must be an instance of a subclass of EventImpl',
    });
    expect(await outcomesOf('half a loop')).to.deep.equal({
      name: 'TypeError',
      message: 'an event loop must have a method addHandle',
    });
  });
});
