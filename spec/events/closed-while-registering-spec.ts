import { expect } from 'chai';
import { Preload } from '../support/programs/preload.js';
import { reportOf } from '../support/programs/run-script.js';

describe('a connection that is closed while it registers for events', () => {
  it('should leave nothing registered when libvirt has registered after the close has begun', async () => {
    await using preload = await Preload.of('close-amid-registration');
    expect(await reportOf('close-amid-registration', [], { env: preload.env })).to.deep.equal({
      isComplete: true,
      isRegistered: false,
    });
  });
});
