import { expect } from 'chai';
import { Preload } from '../support/programs/preload.js';
import { reportOf } from '../support/programs/run-script.js';

describe('connections with floods of events that are slow to read', () => {
  it('should each be read about equally often', async () => {
    await using preload = await Preload.of('slow-reads');
    const shares = (await reportOf('slow-reading', [], { env: preload.env })) as readonly number[];
    expect(Math.min(...shares)).to.be.above(20);
    expect(Math.min(...shares) / Math.max(...shares), shares.join()).to.be.above(1 / 2);
  });
});
