import { expect } from 'chai';
import { isSanitized } from '../support/programs/is-sanitized.js';
import { reportOf } from '../support/programs/run-script.js';

// A sanitizer takes minutes.
const limits = isSanitized ? { limitMs: 1_200_000 } : {};

describe('a process whose workers are terminated during events, calls, opens and closes', () => {
  for (const [holder, rounds] of [
    ['main', 300],
    ['worker', 60],
  ] as const) {
    it(`should have what it had before, after ${rounds} workers, where ${holder} has the loop`, async function () {
      this.timeout(limits.limitMs ?? 600_000);
      const args = [holder, String(rounds)];
      const reported = (await reportOf('worker-churn', args, limits)) as Record<string, unknown>;
      expect(reported['before']).to.include({ clients: 0, handles: 0, timeouts: 0, pendingFrees: 0 });
      expect(reported['after']).to.deep.equal(reported['before']);
    });
  }
});
