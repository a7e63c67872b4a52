import { expect } from 'chai';
import { runProgram } from './run-program.js';

// A race is shown by some of many runs.
const runs = 5;

describe('the end of a process or worker while 8 threads add, update and remove (property 12)', () => {
  it('should exit cleanly by process.exit()', async () => {
    for (let run = 0; run < runs; run++) {
      const end = await runProgram('exit-amid-stress');
      expect(end).to.deep.equal({ code: 7, signal: null, stderr: '', result: undefined });
    }
  }).timeout(60_000);

  it('should go on when the worker that runs the loop is terminated: adds taken, all freed, nothing called', async () => {
    for (let run = 0; run < runs; run++) {
      const end = await runProgram('worker-end-amid-stress');
      expect(end).to.deep.equal({
        code: 0,
        signal: null,
        stderr: '',
        result: { exitCode: 1, callbacksAfterEnd: 0, missingFrees: 0 },
      });
    }
  }).timeout(60_000);
});
