import { expect } from 'chai';
import { getEventListeners } from 'node:events';
import { NEVER } from 'rxjs';
import { abortOf } from '../../lib/calls/abort-of.js';
import { watch } from '../../lib/index.js';
import { rejection } from '../support/rejection.js';

describe('the abort of a signal', () => {
  const listeners = (signal: AbortSignal) => getEventListeners(signal, 'abort').length;

  it('should be told to all who wait for it, by one listener', () => {
    const abort = new AbortController();
    const told: string[] = [];
    const tell = (name: string) =>
      abortOf(abort.signal).subscribe({ error: (reason) => told.push(`${name} ${String(reason)}`) });
    const leaver = tell('leaver');
    tell('one');
    tell('two');
    expect(listeners(abort.signal)).to.equal(1);
    leaver.unsubscribe();
    abort.abort('enough');
    tell('late');
    expect(told).to.deep.equal(['one enough', 'two enough', 'late enough']);
    expect(listeners(abort.signal)).to.equal(0);
  });

  it('should leave the signal alone when the last one has left, and be heard again later', () => {
    const abort = new AbortController();
    for (let round = 0; round < 2; round++) {
      const subscriptions = [abortOf(abort.signal).subscribe(), abortOf(abort.signal).subscribe()];
      for (const subscription of subscriptions) subscription.unsubscribe();
      expect(listeners(abort.signal)).to.equal(0);
    }
    const told: unknown[] = [];
    abortOf(abort.signal).subscribe({ error: (reason) => told.push(reason) });
    abort.abort('at last');
    expect(told).to.deep.equal(['at last']);
  });

  it('should never come of no signal', () => {
    expect(abortOf(undefined)).to.equal(NEVER);
  });

  it('should be heard by many calls of a host at once, without a warning of Node', async () => {
    const warnings: Error[] = [];
    const onWarning = (warning: Error) => warnings.push(warning);
    process.on('warning', onWarning);
    await using host = watch('test+unix:///default?socket=/nowhere');
    const abort = new AbortController();
    const waits = Array.from({ length: 20 }, () => rejection(host.connection({ signal: abort.signal })));
    abort.abort('enough');
    expect(await Promise.all(waits)).to.deep.equal(Array(20).fill('enough'));
    await new Promise(setImmediate);
    process.off('warning', onWarning);
    expect(warnings).to.deep.equal([]);
  });
});
