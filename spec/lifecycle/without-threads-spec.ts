import { expect } from 'chai';
import { Preload } from '../support/preload.js';
import { reportOf } from '../support/run-script.js';

describe('an open for which no thread can be had', () => {
  it('should reject with LibvirtError, and later opens should work', async () => {
    await using preload = await Preload.of('refuse-threads');
    const reported = await reportOf('without-threads', [], { env: preload.env });
    expect(reported).to.have.property('name', 'test');
    expect(reported).to.have.property('refused').with.length(70);
    for (const index of [0, 69]) {
      expect(reported).to.have.nested.property(`refused[${index}]`).that.includes({
        name: 'LibvirtError',
        code: 'VIR_ERR_SYSTEM_ERROR',
      });
      expect(reported)
        .to.have.nested.property(`refused[${index}].message`)
        .that.matches(/a thread for the call can't be started/);
    }
  });
});
