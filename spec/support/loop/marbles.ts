import { expect } from 'chai';
import { TestScheduler, type RunHelpers } from 'rxjs/testing';

/** A scheduler with virtual time that compares with chai. */
export function marbleScheduler(): TestScheduler {
  return new TestScheduler((actual, wanted) => {
    expect(actual).to.deep.equal(wanted);
  });
}

/** Runs a marble test. */
export function marbles(body: (helpers: RunHelpers) => void): void {
  marbleScheduler().run(body);
}
