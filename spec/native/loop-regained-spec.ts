import { expect } from 'chai';
import { runProgram } from './run-program.js';

describe('a loop that is given up and had again by the same thread', () => {
  it('should be told of a removal before the opaque is freed, and keep no watch', async () => {
    expect(await runProgram('loop-regained')).to.deep.include({ code: 0, stderr: '', result: 0 });
  });
});
