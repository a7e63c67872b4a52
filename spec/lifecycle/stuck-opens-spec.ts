import { expect } from 'chai';
import { Preload } from '../support/programs/preload.js';
import { reportOf } from '../support/programs/run-script.js';

describe('opens that hang before they have a socket', () => {
  it('should delay neither other hosts nor the end of the process, however many they are', async () => {
    await using preload = await Preload.of('hang-connect');
    expect(await reportOf('stuck-opens', [], { env: preload.env })).to.deep.equal({
      within: 'test',
      rejected: 600,
      afterAbort: 'test',
    });
  });
});
