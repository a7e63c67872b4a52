import { expect } from 'chai';
import { Preload } from '../support/programs/preload.js';
import { reportOf } from '../support/programs/run-script.js';

describe('a connection that is lost before it is handed over', () => {
  it('should report the loss, like any other connection', async () => {
    await using preload = await Preload.of('lose-while-opening');
    const reported = await reportOf('lost-while-opening', [], { env: preload.env });
    expect(reported).to.deep.include({ reason: 'end-of-file', isOpen: false });
    expect(reported).to.have.nested.property('failure.name', 'ConnectionClosedError');
  });

  it('should fail to open with a message of its own when libvirt finds the loss first', async () => {
    await using preload = await Preload.of('lose-before-keep-alive');
    const reported = await reportOf('lost-before-keep-alive', [], { env: preload.env });
    expect(reported).to.have.property('uri').that.is.a('string');
    const { uri } = reported as { readonly uri: string };
    expect(reported)
      .to.have.property('failure')
      .that.includes({
        name: 'LibvirtError',
        message: `${uri} can't be opened: the connection was lost while it was opened`,
      });
  });
});
