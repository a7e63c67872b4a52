import { expect } from 'chai';
import { Preload } from '../support/programs/preload.js';
import { reportOf } from '../support/programs/run-script.js';

describe("a connection's own watches and timeouts", () => {
  for (const how of ['end-of-file', 'keepalive'] as const) {
    it(`should include those that libvirt adds in one of their callbacks, such as at the loss by ${how}`, async () => {
      await using preload = await Preload.of('add-when-lost');
      expect(await reportOf('added-when-lost', [how], { env: preload.env })).to.deep.equal({
        reason: how,
        added: 1,
        handles: 0,
        timeouts: 0,
        pendingFrees: 0,
      });
    });
  }

  for (const [how, what] of [
    ['abort', 'its open is aborted'],
    ['close', 'its close was given up'],
    ['terminate', 'the worker that opens it is terminated'],
  ] as const) {
    it(`should no longer be served after ${what}, and be removed when libvirt has finished`, async () => {
      await using preload = await Preload.of('hold-calls');
      expect(await reportOf('abandoned-sources', [how], { env: preload.env })).to.deep.equal({
        keptBefore: 2,
        keptAfter: 2,
      });
    });
  }
});
