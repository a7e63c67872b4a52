import { expect } from 'chai';
import { PrivateLibvirtd } from '../support/libvirtd/private-libvirtd.js';
import { reportOf } from '../support/programs/run-script.js';

describe('domains that nobody refers to any more', () => {
  for (const host of ["libvirt's test host", 'a libvirtd'] as const) {
    it(`should be collected, before and after their connection's close, on ${host}`, async () => {
      await using libvirtd = host === 'a libvirtd' ? await PrivateLibvirtd.start() : undefined;
      const uri = libvirtd?.uri ?? 'test:///default';
      expect(await reportOf('collected-domains', [uri], { nodeOptions: ['--expose-gc'] })).to.deep.equal({
        state: 'running',
        isIdle: true,
      });
    });
  }
});
