import { expect } from 'chai';
import { map, NEVER, of, throwError, timer } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { catchUp } from '../../lib/connection/catch-up.js';

describe('catchUp', () => {
  /** Runs it in virtual time, with these answers. Returns when it has asked, in milliseconds. */
  function askedWith(answers: readonly (() => ReturnType<Parameters<typeof catchUp>[0]>)[], marbles: string) {
    const asked: number[] = [];
    const scheduler = new TestScheduler((actual, expected) => {
      expect(actual).to.deep.equal(expected);
    });
    scheduler.run(({ expectObservable }) => {
      const ask = () => {
        asked.push(scheduler.now());
        return answers[asked.length - 1]?.() ?? of(false);
      };
      expectObservable(catchUp(ask)).toBe(marbles);
    });
    return asked;
  }
  const after = (ms: number, isBehind: boolean) => () => timer(ms).pipe(map(() => isBehind));

  it('should ask after a pause, and again after each answer, until the connection is not behind', () => {
    const asked = askedWith([after(10, true), after(20, true), after(30, false)], '810ms |');
    expect(asked).to.deep.equal([250, 510, 780]);
  });

  it('should ask again after a question that has failed, at once or later', () => {
    const failures = [
      () => {
        throw new Error('no memory');
      },
      () => throwError(() => new Error('lost')),
    ];
    expect(askedWith(failures, '750ms |')).to.deep.equal([250, 500, 750]);
  });

  it('should ask nothing more while it waits for an answer', () => {
    expect(askedWith([() => NEVER], '-')).to.deep.equal([250]);
  });
});
