import { expect } from 'chai';
import { flatRestarts } from '../../support/hosts/flat-restarts.js';

describe('a watched host whose daemon restarts many times in a row', () => {
  it('should keep its memory, file descriptors and threads, and be right after each of 100', async function () {
    this.timeout(120_000);
    const { before, after, losses, gaps } = await flatRestarts(100, () => undefined);
    expect(after.fds).to.equal(before.fds);
    expect(after.threads).to.be.at.most(before.threads);
    expect(after.heapKiB - before.heapKiB, 'growth of the heap, in KiB').to.be.below(1024);
    expect(after.rssKiB - before.rssKiB, 'growth of the memory, in KiB').to.be.below(20 * 1024);
    expect(gaps).to.equal(130);
    expect(losses).to.equal(130);
  });
});
