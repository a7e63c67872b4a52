import { expect } from 'chai';
import { reportOf } from '../support/run-script.js';

// libvirt's client before 10.4.0 crashes when a connection is lost amid two requests; later ones leave the
// second request without an answer until the host itself hangs up.
describe('a host that falls silent', () => {
  it('should end all calls that are under way, and the process should live on', async () => {
    const { beside, ...others } = (await reportOf('silent-host', ['call'])) as Record<string, unknown>;
    expect(others).to.deep.equal({ isNoticed: true, call: 'LibvirtError' });
    // It waits for the first, and begins before or after the loss has been told.
    expect(beside).to.be.oneOf(['LibvirtError', 'ConnectionClosedError']);
  });

  it('should not keep a close that comes amid a call, and the process should live on', async () => {
    expect(await reportOf('silent-host', ['close'])).to.deep.equal({
      isNoticed: true,
      call: 'LibvirtError',
      beside: 'resolved',
    });
  });
});
