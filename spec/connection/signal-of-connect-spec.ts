import { expect } from 'chai';
import { getEventListeners } from 'node:events';
import { firstValueFrom, Subject } from 'rxjs';
import { connect, type Connection } from '../../lib/index.js';
import { rejection } from '../support/rejection.js';

const uri = 'test:///default';
const nowhere = 'test+unix:///default?socket=/nonexistent/libvirt-sock';

describe('the signal of connect', () => {
  it('should have nothing left on it once the opens are over', async () => {
    const { signal } = new AbortController();
    const opened = new Subject<Connection>();
    const subscription = connect(uri, { signal }).subscribe(opened);
    await firstValueFrom(opened);
    await rejection(firstValueFrom(connect(nowhere, { signal })));
    // AbortSignal.any() stores the signals that it made in a set on the original signal.
    const sizes = Object.getOwnPropertySymbols(signal)
      .map((symbol) => Reflect.get(signal, symbol) as { size?: number } | null | undefined)
      .map((held) => held?.size ?? 0);
    expect(Math.max(...sizes)).to.equal(0);
    expect(getEventListeners(signal, 'abort')).to.deep.equal([]);
    subscription.unsubscribe();
  });

  it('should end an open that is under way, with its reason', async () => {
    const abort = new AbortController();
    const opening = rejection(firstValueFrom(connect(uri, { signal: abort.signal })));
    abort.abort('never mind');
    expect(await opening).to.equal('never mind');
  });
});
