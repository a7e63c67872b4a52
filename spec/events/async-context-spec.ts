import { expect } from 'chai';
import { reportOf } from '../support/run-script.js';

describe('the asynchronous context of a subscriber', () => {
  it('should not be that of whoever opened the first connection', async () => {
    expect(await reportOf('first-in-a-request')).to.deep.equal([null, null]);
  });
});
