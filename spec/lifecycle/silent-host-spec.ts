import { expect } from 'chai';
import { reportOf } from '../support/programs/run-script.js';

// libvirt's client before 10.4.0 crashes when a connection is lost amid two requests; later ones leave the
// second request without an answer until the host itself hangs up.
describe('a host that falls silent', () => {
  // Some calls wait for another, and begin before or after the loss has been told, or the close has given up.
  const ends = ['LibvirtError', 'ConnectionClosedError'];

  it('should end all calls that are under way, and the process should live on', async () => {
    const { isNoticed, call, beside } = (await reportOf('silent-host', ['call'])) as Record<string, unknown>;
    expect(isNoticed).to.equal(true);
    expect(call).to.equal('LibvirtError');
    expect(beside).to.be.oneOf(ends);
  });

  it('should not keep a close that comes amid a call, and the process should live on', async () => {
    const { isNoticed, call, beside } = (await reportOf('silent-host', ['close'])) as Record<string, unknown>;
    expect(isNoticed).to.equal(true);
    expect(call).to.be.oneOf(ends);
    expect(beside).to.equal('resolved');
  });
});

describe('close with a time limit', () => {
  it('should keep it also where the event loop’s own clock stands still', async () => {
    expect(await reportOf('close-by-virtual-clock')).to.equal(false);
  });
});
