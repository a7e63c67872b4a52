import { expect } from 'chai';
import { reportOf } from '../support/programs/run-script.js';

describe('a process whose workers are terminated amid events, calls, opens and closes', () => {
  for (const [holder, rounds] of [
    ['main', 300],
    ['worker', 60],
  ] as const) {
    it(`should hold what it held before after ${rounds} of them, where ${holder} holds the loop`, async function () {
      this.timeout(600_000); // a sanitizer takes minutes
      const reported = (await reportOf('worker-churn', [holder, String(rounds)])) as Record<string, unknown>;
      expect(reported['before']).to.include({ clients: 0, handles: 0, timeouts: 0, pendingFrees: 0 });
      expect(reported['after']).to.deep.equal(reported['before']);
    });
  }
});
