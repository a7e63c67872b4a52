import { expect } from 'chai';
import { reportOf } from '../support/programs/run-script.js';

// libvirt's client before 10.4.0 crashes when a connection is lost during two requests. Later versions leave the second
// request without an answer until the host itself hangs up.
describe('a host that falls silent', () => {
  // A call that waits for another one may begin before or after the loss is reported, or the close is given up.
  const ends = ['LibvirtError', 'ConnectionClosedError'];

  it('should end all calls that are under way, and the process should live on', async () => {
    const { isNoticed, call, beside } = (await reportOf('silent-host', ['call'])) as Record<string, unknown>;
    expect(isNoticed).to.equal(true);
    expect(call).to.equal('LibvirtError');
    expect(beside).to.be.oneOf(ends);
  });

  it('should not delay a close that comes during a call, and the process should live on', async () => {
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
