import { expect } from 'chai';
import { once } from 'node:events';
import { config } from 'rxjs';
import { reportUnhandled } from '../../lib/errors/report-unhandled.js';

describe('reportUnhandled', () => {
  afterEach(() => {
    config.onUnhandledError = null;
  });

  it('should tell config.onUnhandledError, from a clean stack', async () => {
    const mistake = new Error('on purpose');
    let isReported = false;
    const reported = new Promise((resolve) => {
      config.onUnhandledError = (error) => {
        isReported = true;
        resolve(error);
      };
    });
    reportUnhandled(mistake);
    expect(isReported, 'at once').to.equal(false);
    expect(await reported).to.equal(mistake);
  });

  it('should be an uncaught exception when nobody listens there', async () => {
    const mistake = new Error('on purpose');
    // mocha listens too, and would let the spec fail.
    const others = process.listeners('uncaughtException');
    process.removeAllListeners('uncaughtException');
    try {
      const uncaught = once(process, 'uncaughtException');
      reportUnhandled(mistake);
      expect((await uncaught)[0]).to.equal(mistake);
    } finally {
      for (const listener of others) process.on('uncaughtException', listener);
    }
  });
});
