import { expect } from 'chai';
import { reportOf } from '../support/programs/run-script.js';

/** The limit in addon/libvirt_log.cc. */
const maxLines = 256;

describe('what libvirt would print to stderr', () => {
  it('should go to the log of the thread that came first, and after its end to the log of the next thread', async () => {
    expect(await reportOf('log-of-two-threads')).to.deep.equal({ early: { worker: 1, main: 0 }, late: 1 });
  });

  it('should be kept up to a bound while JavaScript is busy; every error reaches its caller', async () => {
    const calls = maxLines + 100;
    expect(await reportOf('log-while-blocked', [String(calls)])).to.deep.equal({
      rejected: calls,
      lines: maxLines,
    });
  });
});
