import { expect } from 'chai';
import { TestScheduler } from 'rxjs/testing';
import { fromTimeout } from '../../lib/loop/from-timeout.js';

describe('fromTimeout', () => {
  let scheduler: TestScheduler;
  beforeEach(() => {
    scheduler = new TestScheduler((actual, expected) => {
      expect(actual).to.deep.equal(expected);
    });
  });

  it('should count from 0, one each n milliseconds', () => {
    scheduler.run(({ expectObservable }) => {
      const unsubscribed = '                                       ^---------!';
      expectObservable(fromTimeout(3, { scheduler }), unsubscribed).toBe('---0--1--2-', [0, 1, 2]);
    });
  });

  it('should begin the period with each subscription, and give each its own count', () => {
    scheduler.run(({ expectObservable }) => {
      const ticks = fromTimeout(4, { scheduler });
      expectObservable(ticks, '^---------!').toBe('----0---1--', [0, 1]);
      expectObservable(ticks, '---^------!').toBe('-------0---', [0]);
    });
  });

  it('should emit on every turn of the loop at 0, and no other scheduler', () => {
    scheduler.run(({ hot, expectObservable, expectSubscriptions }) => {
      const turns = hot('                               -t-tt---t--');
      const subscribed = '                              --^------!';
      expectObservable(fromTimeout(0, { scheduler, turns }), subscribed).toBe('---01---2--', [0, 1, 2]);
      expectSubscriptions(turns.subscriptions).toBe(subscribed);
    });
  });

  it('should never emit and never end at -1', () => {
    scheduler.run(({ hot, expectObservable }) => {
      const turns = hot('-t-t-t-');
      expectObservable(fromTimeout(-1, { scheduler, turns })).toBe('-------');
    });
  });

  for (const frequency of [-2, 0.5, NaN, Infinity, 0x80000000]) {
    it(`should error with RangeError for ${frequency}, when subscribed to`, () => {
      scheduler.run(({ expectObservable }) => {
        const error = new RangeError(`frequency must be an integer from -1 to 2147483647, got ${frequency}`);
        expectObservable(fromTimeout(frequency, { scheduler })).toBe('#', undefined, error);
      });
    });
  }
});
