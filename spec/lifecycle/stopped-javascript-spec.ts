import { expect } from 'chai';
import { reportOf } from '../support/programs/run-script.js';

// JavaScript that calls `event` can be stopped at any moment: by a stack that overflows, or by vm's timeout.
describe('JavaScript that is stopped amid a call', () => {
  it('should lose no removal of libvirt’s, so that the process ends', async () => {
    expect(await reportOf('overflow-amid-close')).to.equal('closed');
  });

  it('should lose no event', async () => {
    expect(await reportOf('stopped-by-vm')).to.deep.equal([200]);
  });

  for (const kind of ['event', 'rx']) {
    it(`should leave the process as it is when it starts timers: ${kind}`, async () => {
      expect(await reportOf('timers-stopped-by-vm', [kind])).to.equal(100);
    });
  }

  it('should have its removal done in the end', async () => {
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
