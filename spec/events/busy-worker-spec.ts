import { expect } from 'chai';
import { reportOf } from '../support/programs/run-script.js';

/** EventQueue::kFull of the addon. */
const full = 65_536;

describe('a flood for a worker that stands still, while the main thread reads for it', () => {
  it('should fill the queue up to its limit, and be delivered completely afterwards', async function () {
    this.timeout(600_000);
    const { mostQueued, ...heard } = (await reportOf('busy-worker', [])) as Record<string, number>;
    expect(heard).to.deep.equal({ heard: 300_000, outOfOrder: 0 });
    // Events that were read together with the one that filled the queue are added too.
    expect(mostQueued).to.be.within(full, full + 2000);
  });
});
