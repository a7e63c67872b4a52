import { expect } from 'chai';
import { Preload } from '../support/programs/preload.js';
import { reportOf } from '../support/programs/run-script.js';

/** Runs a scenario of spec/fixtures/default-loop.ts, which has to end by itself and print nothing to stderr. */
const scenario = (name: string): Promise<unknown> => reportOf('default-loop', [name]);

const already = (message: string): object => ({ name: 'EventLoopError', code: 'EALREADY', message });
const forLife = 'libvirt accepts only one for the life of the process';
const alreadyOurs = already(`another event loop is registered already; ${forLife}`);
const alreadyDefault = already(`libvirt's default event loop is registered already; ${forLife}`);

describe('event.registerDefault and runDefault', () => {
  it('should refuse the default loop after ours', async () => {
    expect(await scenario('the default after ours')).to.deep.equal(alreadyOurs);
  });

  it('should refuse ours after the default loop, and take the default loop again, as a no-op', async () => {
    expect(await scenario('ours after the default')).to.deep.equal({ again: null, ours: alreadyDefault });
  });

  it('should refuse to run the default loop where it is not registered', async () => {
    const refused = {
      name: 'EventLoopError',
      code: 'EINVAL',
      message: "libvirt's default event loop is not registered; call event.registerDefault() first",
    };
    expect(await scenario('runDefault without the default')).to.deep.equal({ none: refused, ours: refused });
  });

  it('should wait for something to happen without blocking JavaScript', async () => {
    expect(await scenario('runDefault does not block')).to.deep.equal({
      whileItWaits: false,
      afterwards: true,
    });
  });

  it('should run the callbacks of handles and timeouts', async () => {
    expect(await scenario('the default loop runs callbacks')).to.deep.equal([
      '["handle",true,true,1]',
      '["timeout",true]',
    ]);
  });

  it('should not run a callback that was due before its timeout was set again', async () => {
    expect(await scenario('set again while a callback waits')).to.deep.equal([0, 0]);
  });

  it('should not run a callback too early that was due before its timeout was set to a short period', async () => {
    expect(await scenario('set to a short period while a callback waits')).to.be.at.least(19);
  });

  it('should not delay an open, however many iterations wait', async () => {
    expect(await scenario('an open beside many iterations that wait')).to.equal('test');
  });

  it('should not run a callback that was due before another thread has removed or silenced its source', async () => {
    const called = await scenario('ended by another thread while a callback waits');
    expect(called).to.deep.equal([0, 0, 0, 0]);
  });

  it('should not run a callback whose source ends while the loop’s thread begins the call', async () => {
    await using preload = await Preload.of('slow-memory');
    const called = await reportOf('default-loop', ['ended amid the call'], { env: preload.env });
    expect(called).to.deep.equal([0, 0, 0, 0, 0]);
  });

  it('should have no more to do for a worker that has ended', async () => {
    expect(await scenario('a worker with sources ends')).to.equal(0);
  });

  it('should not call back a watch for what has been read meanwhile, though it was set again', async () => {
    expect(await scenario('emptied and set again while a callback waits')).to.equal(0);
  });
});
