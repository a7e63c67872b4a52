import { expect } from 'chai';
import { absence } from '../../lib/events/absence.js';
import { LibvirtError } from '../../lib/index.js';

const vcpuRemoved = { category: 'domain', since: '12.4.0' } as const;

describe('a libvirt that is older than a kind of event', () => {
  it('should be reported with the error that libvirt itself uses for what it lacks', () => {
    const error = absence(vcpuRemoved, 9_001_002);
    expect(error).to.be.instanceOf(LibvirtError);
    expect(error).to.include({
      message: 'this needs libvirt 12.4, and 9.1 is installed',
      code: 'VIR_ERR_NO_SUPPORT',
      domain: 'VIR_FROM_EVENT',
      level: 'VIR_ERR_ERROR',
      call: 'virConnectDomainEventRegisterAny',
    });
  });

  it('should be recognized by its version, down to the release number', () => {
    const since = '9.8.1';
    const isAbsent = (installed: number) => absence({ category: 'network', since }, installed) !== undefined;
    const versions = [8_999_999, 9_007_009, 9_008_000, 9_008_001, 9_010_000, 10_000_000];
    expect(versions.map(isAbsent)).to.deep.equal([true, true, true, false, false, false]);
  });
});
