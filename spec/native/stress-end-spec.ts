import { expect } from 'chai';
import { isSanitized } from '../support/programs/is-sanitized.js';
import { reportOf, runScript } from '../support/programs/run-script.js';

// A race shows itself only in some of many runs.
const runs = 5;
const limitMs = isSanitized ? 60_000 : 25_000;

describe('the end of a process or worker while 8 threads add, update and remove (property 12)', () => {
  it('should exit cleanly by process.exit()', async () => {
    for (let run = 0; run < runs; run++) {
      const end = await runScript('exit-amid-stress', [], { limitMs });
      expect(end).to.include({ exitCode: 7, signal: null, stdout: '', stderr: '' });
    }
  }).timeout(isSanitized ? runs * limitMs : 60_000);

  it('should go on when the worker with the loop is terminated: adds are accepted, all is freed, nothing is called', async () => {
    for (let run = 0; run < runs; run++) {
      const result = await reportOf('worker-end-amid-stress', [], { limitMs });
      expect(result).to.deep.equal({ exitCode: 1, callbacksAfterEnd: 0, missingFrees: 0 });
    }
  }).timeout(isSanitized ? runs * limitMs : 60_000);
});
