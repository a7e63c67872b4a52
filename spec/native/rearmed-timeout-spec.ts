import { expect } from 'chai';
import { bridgeSources, linesOfProgram } from '../support/programs/native-program.js';

describe('a timeout that libvirt re-arms with each message', () => {
  it('should tell the loop the remaining time when it fires too early, and be called once for each period', async function () {
    this.timeout(60_000);
    expect(await linesOfProgram('rearmed-timeout', bridgeSources)).to.deep.equal([
      [1000, 100],
      [1100, 60],
      [1140, 90],
      [1230],
      [1230, 100],
      [1450],
      [1550],
    ]);
  });
});
