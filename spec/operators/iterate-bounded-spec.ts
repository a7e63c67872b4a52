import { expect } from 'chai';
import { Readable } from 'node:stream';
import { concat, NEVER, of, range, Subject, throwError } from 'rxjs';
import { iterateBounded, type Overflow } from '../../lib/operators/index.js';
import { rejection } from '../support/rejection.js';

const turn = (): Promise<void> => new Promise(setImmediate);

describe('iterateBounded', () => {
  it('should give a slow loop the items in their order, and say how many are missing where', async () => {
    const source = new Subject<string>();
    const handled: (string | Overflow)[] = [];
    const loop = (async () => {
      for await (const item of iterateBounded(source, 2)) {
        handled.push(item);
        if (item === 'a') for (const next of ['b', 'c', 'd', 'e']) source.next(next);
        if (item === 'c') source.next('f');
        await turn();
      }
    })();
    source.next('a');
    while (handled.length < 5) await turn();
    source.complete();
    await loop;
    expect(handled).to.deep.equal(['a', 'b', 'c', { type: 'overflow', dropped: 2 }, 'f']);
  });

  it('should give the items that wait before the source ends, with the overflow', async () => {
    const handled: unknown[] = [];
    for await (const item of iterateBounded(range(0, 5), 3)) handled.push(item);
    expect(handled).to.deep.equal([0, 1, 2, { type: 'overflow', dropped: 2 }]);
  });

  it('should throw the error of the source after the items that wait', async () => {
    const handled: unknown[] = [];
    const source = concat(
      range(0, 4),
      throwError(() => new Error('lost')),
    );
    const loop = async (): Promise<void> => {
      for await (const item of iterateBounded(source, 3)) handled.push(item);
    };
    expect(await rejection(loop())).to.include({ message: 'lost' });
    expect(handled).to.deep.equal([0, 1, 2, { type: 'overflow', dropped: 1 }]);
  });

  it('should subscribe when the loop begins, and unsubscribe when it is left', async () => {
    const source = new Subject<string>();
    const items = iterateBounded(source, 2);
    expect(source.observed).to.equal(false);
    const loop = (async () => {
      for await (const item of items) if (item === 'b') return;
    })();
    expect(source.observed).to.equal(true);
    for (const item of ['a', 'b', 'c']) source.next(item);
    await loop;
    expect(source.observed).to.equal(false);
  });

  it('should unsubscribe at once when it is returned while the next item is awaited', async () => {
    const source = new Subject<string>();
    const stream = Readable.from(iterateBounded(source, 2));
    stream.resume();
    await turn();
    expect(source.observed).to.equal(true);
    stream.destroy();
    await turn();
    expect(source.observed).to.equal(false);
  });

  it('should answer several questions in their order, and end all of them', async () => {
    const source = new Subject<string>();
    const iterator = iterateBounded(source, 1)[Symbol.asyncIterator]();
    const answers = Promise.allSettled([iterator.next(), iterator.next(), iterator.next()]);
    source.next('a');
    source.error(new Error('lost'));
    const [first, second, third] = await answers;
    expect(first).to.deep.include({ value: { done: false, value: 'a' } });
    expect(second).to.have.nested.property('reason.message', 'lost');
    expect(third).to.deep.include({ value: { done: true, value: undefined } });
    expect(await iterator.next()).to.deep.equal({ done: true, value: undefined });
  });

  it('should refuse arguments that are wrong', () => {
    expect(() => iterateBounded(5 as never, 1)).to.throw(TypeError, 'source must be an Observable');
    expect(() => iterateBounded(of(1), '1' as never)).to.throw(TypeError, 'limit must be a number');
    expect(() => iterateBounded(NEVER, 0)).to.throw(RangeError, 'limit must be an integer');
  });
});
