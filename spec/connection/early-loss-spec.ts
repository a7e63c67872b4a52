import { expect } from 'chai';
import { Preload } from '../support/preload.js';
import { reportOf } from '../support/run-script.js';

describe('a connection that is lost before it is handed over', () => {
  it('should say so, like any other', async () => {
    await using preload = await Preload.of('lose-while-opening');
    const reported = await reportOf('lost-while-opening', [], { env: preload.env });
    expect(reported).to.deep.include({ reason: 'end-of-file', isOpen: false });
    expect(reported).to.have.nested.property('failure.name', 'ConnectionClosedError');
  });
});
