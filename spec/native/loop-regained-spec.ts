import { expect } from 'chai';
import { reportOf } from '../support/programs/run-script.js';

describe('a loop that a thread gives up and takes over again', () => {
  it('should be told of a removal before the opaque is freed, and keep no watch', async () => {
    expect(await reportOf('loop-regained')).to.equal(0);
  });
});
