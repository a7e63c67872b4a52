import { expect } from 'chai';
import { reportOf } from '../support/programs/run-script.js';

// JavaScript that calls functions of `event` can be stopped at any moment: when the stack overflows, or by vm's
// timeout.
describe('JavaScript that is stopped during a call', () => {
  it('should lose none of libvirt’s removals, so that the process ends', async () => {
    expect(await reportOf('overflow-amid-close')).to.equal('closed');
  });

  it('should lose no event', async () => {
    expect(await reportOf('stopped-by-vm')).to.deep.equal([200]);
  });

  for (const kind of ['event', 'rx']) {
    it(`should not end the process when it starts timers: ${kind}`, async () => {
      expect(await reportOf('timers-stopped-by-vm', [kind])).to.equal(100);
    });
  }

  it('should not keep a removal from being done in the end', async () => {
    expect(await reportOf('removal-stopped-by-vm')).to.deep.equal({
      handles: 0,
      timeouts: 0,
      pendingFrees: 0,
    });
  });
});

describe('a call from deep in the stack', () => {
  for (const call of ['add', 'update']) {
    it(`should keep the process alive for its timeout: ${call}`, async () => {
      expect(await reportOf('deep-timeout', [call])).to.equal('called');
    });
  }
});
