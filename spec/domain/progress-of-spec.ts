import { expect } from 'chai';
import { of, timer, map } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { progressOf, type ProgressSource } from '../../lib/domain/progress-of.js';

describe('progressOf', () => {
  /** Runs it in virtual time: these are the answers to its questions, and what events tell. */
  function run(
    answers: readonly (string | null | undefined)[],
    events: string,
    marbles: string,
    source: Partial<ProgressSource<string>> = {},
  ): number[] {
    const asked: number[] = [];
    const scheduler = new TestScheduler((actual, expected) => {
      expect(actual).to.deep.equal(expected);
    });
    scheduler.run(({ cold, expectObservable }) => {
      const told = cold(events).pipe(map((item) => ({ item, isLast: item === 'z' })));
      const ask = () => {
        asked.push(scheduler.now());
        const index = asked.length - 1;
        return of(index < answers.length ? answers[index] : null);
      };
      const outcome = (last: string) => of(last.toUpperCase());
      expectObservable(progressOf({ ask, told, outcome, intervalMs: 5, eventMs: 0, ...source })).toBe(
        marbles,
      );
    });
    return asked;
  }

  it('should ask at once and after each interval, and end with the outcome that an event tells', () => {
    expect(run(['a', 'b'], '-------z', 'a----b-(z|)')).to.deep.equal([0, 5]);
  });

  it('should wait for a job that has not begun', () => {
    expect(run([null, null, 'a'], '-----------z', '----------a(z|)')).to.deep.equal([0, 5, 10]);
  });

  it('should ask for the outcome when the job is gone and no event has told it', () => {
    expect(run(['a', null], '-', 'a----(A|)')).to.deep.equal([0, 5]);
  });

  it('should wait for an event that may be on its way when the job is gone', () => {
    const eventMs = 12;
    expect(run(['a', null], '----------z', 'a---------(z|)', { eventMs })).to.deep.equal([0, 5]);
    expect(run(['a', null], '-', 'a----------------(A|)', { eventMs })).to.deep.equal([0, 5]);
  });

  it('should ask again when nobody knows', () => {
    expect(run([undefined, 'a', undefined, 'b', null], '-', '-----a---------b----(B|)')).to.deep.equal([
      0, 5, 10, 15, 20,
    ]);
  });

  it('should go on after an event that is not the last one', () => {
    expect(run(['a', 'b', null], '--r', 'a-r--b----(B|)')).to.deep.equal([0, 5, 10]);
  });

  it('should end with an event also when it has never seen the job', () => {
    expect(run([null], '--z', '--(z|)')).to.deep.equal([0]);
  });

  it('should not ask again before the question before is answered', () => {
    const ask = () => timer(12).pipe(map(() => 'a'));
    run([], '----------------z', '------------a---(z|)', { ask });
  });
});
