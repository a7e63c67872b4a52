import { expect } from 'chai';
import { reportOf } from '../support/run-script.js';

// JavaScript that calls `event` can be stopped at any moment: by a stack that overflows, or by vm's timeout.
describe('JavaScript that is stopped amid a call', () => {
  it('should lose no removal of libvirt’s, so that the process ends', async () => {
    expect(await reportOf('overflow-amid-close')).to.equal('closed');
  });

  it('should lose no event', async () => {
    expect(await reportOf('stopped-by-vm')).to.deep.equal([200]);
  });
});
