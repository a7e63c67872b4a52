import { expect } from 'chai';
import { Preload } from '../support/programs/preload.js';
import { reportOf } from '../support/programs/run-script.js';

describe('monitor events without libvirt-qemu', () => {
  it('should be unsupported, and everything else as usual', async () => {
    await using preload = await Preload.of('refuse-libvirt-qemu');
    const reported = await reportOf('without-libvirt-qemu', [], { env: preload.env });
    expect(reported).to.have.nested.property('failure.name', 'UnsupportedEventError');
    expect(reported).to.have.nested.property('failure.message').that.includes('libvirt-qemu-is-missing.so');
    expect(reported)
      .to.have.property('supported')
      .that.deep.equals(['domain', 'network', 'storage-pool', 'node-device', 'secret', 'connection']);
  });
});
