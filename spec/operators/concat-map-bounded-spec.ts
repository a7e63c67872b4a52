import { expect } from 'chai';
import { defer, delay, lastValueFrom, map, NEVER, of, range, Subject, take, tap, timer, toArray } from 'rxjs';
import type { Observable } from 'rxjs';
import { concatMapBounded, type Overflow } from '../../lib/operators/index.js';
import { rejection } from '../support/rejection.js';
import { marbles } from '../support/loop/marbles.js';

type Item = string | Overflow;

/** An overflow item as the number of the items that are missing. */
const inShort = (item: Item): string => (typeof item === 'string' ? item : String(item.dropped));

describe('concatMapBounded', () => {
  /** Takes three frames for an item, and then emits it in short. */
  const slowly = (item: Item): Observable<string> => of(inShort(item)).pipe(delay(3));

  const stories: readonly (readonly [title: string, source: string, expected: string])[] = [
    ['handle one item after the other', 'abc-------|', '---a--b--c|'],
    [
      'tell how many items are missing, where they are missing',
      '(abcdef)------------|',
      '---a--b--c--3-------|',
    ],
    [
      'have room again when half of the waiting items are handled',
      '(abcd)--e-------------|',
      '---a--b--c--1--e------|',
    ],
    ['drop until half of the places are free', '(abcd)e---------------|', '---a--b--c--1--e------|'],
    ['tell of each loss by itself', '(abcd)(efg)-----------------|', '---a--b--c--1--e--2---------|'],
    ['handle what waits when the source completes', '(abcdef|)', '---a--b--c--(3|)'],
    ['handle what waits when the source errors, and then error', '(abcdef#)', '---a--b--c--(3#)'],
    ['complete with an idle source', 'a----|', '---a-|'],
    ['pass the error of an idle source at once', 'a----#', '---a-#'],
  ];

  for (const [title, source, expected] of stories) {
    it(`should ${title}`, () => {
      marbles(({ hot, expectObservable }) => {
        expectObservable(hot(source).pipe(concatMapBounded(slowly, 2))).toBe(expected);
      });
    });
  }

  it('should tell of a loss after each half of the buffer at most, however long the source is too fast', () => {
    const handled: Item[] = [];
    const source = timer(0, 1).pipe(
      take(2000),
      map((n) => `${n}`),
    );
    marbles(() => {
      source.pipe(concatMapBounded((item) => timer(10).pipe(tap(() => handled.push(item))), 20)).subscribe();
    });
    const losses = handled.filter((item) => typeof item !== 'string');
    const items = handled.length - losses.length;
    expect(losses.reduce((sum, { dropped }) => sum + dropped, items)).to.equal(2000);
    expect(losses.length).to.be.within(5, items / 9);
    expect(items).to.be.above(170);
    // The number of each item is that of the one before it, and of those that are missing between them.
    let next = 0;
    for (const item of handled) {
      if (typeof item === 'string') expect(Number(item)).to.equal(next++);
      else next += item.dropped;
    }
  });

  it('should make a frozen overflow item', async () => {
    const items = of('a', 'b', 'c').pipe(
      concatMapBounded((item) => Promise.resolve(item), 1),
      toArray(),
    );
    const overflow = (await lastValueFrom(items)).at(-1);
    expect(overflow).to.deep.equal({ type: 'overflow', dropped: 1 });
    expect(overflow).to.be.frozen;
  });

  it('should handle every item of a flood that comes at once, when the handler is as fast', async () => {
    const count = 100_000;
    const handled = range(0, count).pipe(
      concatMapBounded((item) => of(item), 1),
      toArray(),
    );
    expect(await lastValueFrom(handled)).to.have.length(count);
  });

  it('should handle thousands of waiting items at once, without a deep stack', async () => {
    const first = new Subject<number>();
    const handled: unknown[] = [];
    const end = lastValueFrom(
      range(0, 50_000).pipe(
        concatMapBounded((item) => (item === 0 ? first : of(item)), 50_000),
        tap((item) => handled.push(item)),
      ),
    );
    first.next(0);
    first.complete();
    await end;
    expect(handled).to.have.length(50_000);
  });

  it('should keep the order when a handler or a subscriber emits the next item', () => {
    const source = new Subject<string>();
    const told: string[] = [];
    const handled = source.pipe(
      concatMapBounded((item) => {
        told.push(`begin ${inShort(item)}`);
        if (item === 'a') source.next('b');
        return of(inShort(item)).pipe(tap({ complete: () => told.push(`end ${inShort(item)}`) }));
      }, 1),
    );
    handled.subscribe((item) => {
      told.push(item);
      if (item === 'b') source.next('c');
    });
    source.next('a');
    expect(told).to.deep.equal(['a', 'b', 'c'].flatMap((item) => [`begin ${item}`, item, `end ${item}`]));
  });

  for (const [title, fail] of [
    [
      'throws',
      () => {
        throw new Error('in a handler');
      },
    ],
    ['rejects', () => Promise.reject(new Error('in a handler'))],
  ] as const) {
    it(`should error when a handler ${title}, and handle nothing more`, async () => {
      const source = new Subject<string>();
      const handled: Item[] = [];
      const end = rejection(
        lastValueFrom(
          source.pipe(
            concatMapBounded((item): Promise<never> => {
              handled.push(item);
              return fail();
            }, 1),
          ),
        ),
      );
      for (const item of ['a', 'b', 'c']) source.next(item);
      expect(await end).to.include({ message: 'in a handler' });
      expect(source.observed).to.equal(false);
      expect(handled).to.deep.equal(['a']);
    });
  }

  for (const [result, got] of [
    [undefined, 'undefined'],
    [5, 'a value of type number'],
  ])
    it(`should error when a handler returns ${got}, and say what it must return`, async () => {
      const handled = of('a').pipe(concatMapBounded((() => result) as never, 1));
      expect(await rejection(lastValueFrom(handled))).to.deep.include({
        name: 'TypeError',
        message: `the handler of concatMapBounded must return a promise or an Observable, got ${got}; write async before it, or return EMPTY`,
      });
    });

  it('should handle nothing after the unsubscription, and leave the Observable of the handler', async () => {
    const source = new Subject<string>();
    const handled: Item[] = [];
    let isFollowed = false;
    const follow = defer(() => {
      isFollowed = true;
      return NEVER;
    }).pipe(tap({ unsubscribe: () => (isFollowed = false) }));
    const subscription = source
      .pipe(
        concatMapBounded((item) => {
          handled.push(item);
          return follow;
        }, 2),
      )
      .subscribe();
    for (const item of ['a', 'b', 'c', 'd']) source.next(item);
    expect(isFollowed).to.equal(true);
    subscription.unsubscribe();
    expect(isFollowed).to.equal(false);
    expect(source.observed).to.equal(false);
    await new Promise(setImmediate);
    expect(handled).to.deep.equal(['a']);
  });

  it('should ignore the result of a promise that was under way at the unsubscription', async () => {
    let resolve: (value: string) => void = () => undefined;
    const told: string[] = [];
    const handled: Item[] = [];
    const subscription = of('a', 'b')
      .pipe(
        concatMapBounded((item) => {
          handled.push(item);
          return new Promise<string>((settle) => (resolve = settle));
        }, 2),
      )
      .subscribe((item) => told.push(item));
    subscription.unsubscribe();
    resolve('late');
    await new Promise(setImmediate);
    expect({ told, handled }).to.deep.equal({ told: [], handled: ['a'] });
  });

  it('should end a source and a handler that emit without a pause', async () => {
    const endless = range(0, Infinity);
    const taken = (source: Observable<unknown>): Promise<unknown[]> =>
      lastValueFrom(source.pipe(take(2), toArray()));
    expect(await taken(endless.pipe(concatMapBounded((item) => of(item), 1)))).to.deep.equal([0, 1]);
    expect(await taken(of('a').pipe(concatMapBounded(() => endless, 1)))).to.deep.equal([0, 1]);
  });

  it('should begin anew for each subscriber', () => {
    marbles(({ cold, expectObservable }) => {
      const handled = cold('(abcd)|').pipe(concatMapBounded(slowly, 1));
      expectObservable(handled).toBe('---a--b--(2|)');
      expectObservable(handled, '-----^').toBe('--------a--b--(2|)');
    });
  });

  it('should refuse arguments that are wrong', () => {
    const handle = (): Observable<never> => NEVER;
    expect(() => concatMapBounded(5 as never, 1)).to.throw(TypeError, 'handle must be a function');
    expect(() => concatMapBounded(handle, '1' as never)).to.throw(TypeError, 'limit must be a number');
    for (const limit of [0, -1, 1.5, NaN, Infinity, 2 ** 31])
      expect(() => concatMapBounded(handle, limit), String(limit)).to.throw(
        RangeError,
        'limit must be an integer',
      );
  });
});
