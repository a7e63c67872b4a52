import { expect } from 'chai';
import { reportOf } from '../support/programs/run-script.js';

describe('connections that the other side drops while they are opened', () => {
  for (const loop of ['RxEventImpl', 'the native loop'])
    it(`should leave nothing of libvirt's client, with ${loop}`, async function () {
      this.timeout(120_000);
      expect(await reportOf('lost-at-once', [loop])).to.equal(0);
    });
});
