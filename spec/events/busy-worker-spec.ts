import { expect } from 'chai';
import { reportOf } from '../support/programs/run-script.js';

/** EventQueue::kFull of the addon. */
const full = 65_536;

describe('a flood for a worker that stands still, while the main thread reads for it', () => {
  it('should fill the queue so far and no further, and be delivered whole afterwards', async function () {
    this.timeout(600_000);
    const { mostQueued, ...heard } = (await reportOf('busy-worker', [])) as Record<string, number>;
    expect(heard).to.deep.equal({ heard: 300_000, outOfOrder: 0 });
    // What was read together with the event that filled it comes too.
    expect(mostQueued).to.be.within(full, full + 2000);
  });
});
