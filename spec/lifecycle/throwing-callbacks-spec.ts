import { expect } from 'chai';
import { loopChoices } from '../support/loop/loop-of-choice.js';
import { reportOf } from '../support/programs/run-script.js';

const twice = ['Error: call 1', 'Error: call 2'];

describe('a callback of the user that throws', () => {
  for (const [callback, errors] of [
    ['timeout', twice],
    ['handle', twice],
    ['subscriber', twice],
    ['onRegistered', ['Error: call 1']],
    ['closed', ['Error: call 1']],
  ] as const) {
    for (const loop of loopChoices) {
      it(`should be an uncaught exception, and everything goes on: ${callback}, with ${loop}`, async () => {
        const told = await reportOf('callbacks-that-throw', [callback, 'default', loop]);
        expect(told).to.deep.equal(errors.map((error) => `uncaughtException: ${error}`));
      });

      it(`should be reported to RxJS's config.onUnhandledError when that is set: ${callback}, with ${loop}`, async () => {
        const told = await reportOf('callbacks-that-throw', [callback, 'onUnhandledError', loop]);
        expect(told).to.deep.equal(errors.map((error) => `onUnhandledError: ${error}`));
      });
    }
  }
});
