import { expect } from 'chai';
import { reportOf } from '../support/programs/run-script.js';

describe('kinds of event that connection.events leaves out', () => {
  it('should be logged once for a connection, with the reason', async () => {
    const lines = await reportOf('left-out-events');
    expect(lines).to.have.lengthOf(2);
    expect(lines)
      .to.have.property('0')
      .that.matches(/without domain 'tunable'.*unsupported event ID 17/);
    expect(lines)
      .to.have.property('1')
      .that.matches(/without secret 'lifecycle'.*unsupported event ID 0/);
  });
});
