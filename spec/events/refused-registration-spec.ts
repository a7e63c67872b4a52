import { expect } from 'chai';
import { Preload } from '../support/programs/preload.js';
import { reportOf } from '../support/programs/run-script.js';

describe('a registration that libvirt refuses', () => {
  it('should be an error, and do no harm when libvirt frees the data that it was given', async () => {
    await using preload = await Preload.of('free-refused-target');
    const failures = await reportOf('refused-registrations', [], { env: preload.env });
    expect(failures).to.have.length(3);
    for (const failure of failures as unknown[]) expect(failure).to.have.property('name', 'LibvirtError');
  });
});
