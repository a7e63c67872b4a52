import { expect } from 'chai';
import { inRoot } from '../support/programs/addon-headers.js';
import { linesOfProgram } from '../support/programs/native-program.js';
import { Preload } from '../support/programs/preload.js';
import { reportOf } from '../support/programs/run-script.js';

describe('an open for which no thread can be started', () => {
  it('should reject with LibvirtError, and later opens should work', async () => {
    await using preload = await Preload.of('refuse-threads');
    const reported = await reportOf('without-threads', [], { env: preload.env });
    expect(reported).to.have.property('name', 'test');
    expect(reported).to.have.property('refused').with.length(70);
    for (const index of [0, 69]) {
      expect(reported).to.have.nested.property(`refused[${index}]`).that.includes({
        name: 'LibvirtError',
        code: 'VIR_ERR_SYSTEM_ERROR',
      });
      expect(reported)
        .to.have.nested.property(`refused[${index}].message`)
        .that.matches(/a thread for the call can't be started/);
    }
  });
});

describe('a call for which no thread can be started while others run', () => {
  it('should not block calls of another connection when it gets stuck later, on a thread that then could be started', async function () {
    this.timeout(60_000);
    expect(await linesOfProgram('refused-thread', ['calls/call_threads'])).to.deep.equal([{ hasRun: true }]);
  });
});

describe('handles that JavaScript has collected', () => {
  it('should be released on another thread, also when the system had none for it at first', async function () {
    this.timeout(60_000);
    // It runs without Node, and calls no function of Node-API.
    const withoutNode = ['-DNAPI_CPP_EXCEPTIONS', '-O1', '-ffunction-sections', '-Wl,--gc-sections'];
    const flags = ['-I', inRoot('node_modules/node-addon-api'), ...withoutNode];
    expect(await linesOfProgram('released-elsewhere', ['calls/handle'], flags)).to.deep.equal([
      { left: 0, isReleasedHere: false },
    ]);
  });
});
