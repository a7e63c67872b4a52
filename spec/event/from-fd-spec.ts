import { expect } from 'chai';
import { TestScheduler } from 'rxjs/testing';
import { fromFd } from '../../lib/event/from-fd.js';

// What needs the addon is in spec/native/.
describe('fromFd, without the addon', () => {
  it('should never emit and never end with a mask of 0, whatever the descriptor', () => {
    const scheduler = new TestScheduler((actual, expected) => {
      expect(actual).to.deep.equal(expected);
    });
    scheduler.run(({ expectObservable }) => {
      expectObservable(fromFd(0, 0)).toBe('-----');
      expectObservable(fromFd(-1, 0)).toBe('-----');
    });
  });

  it('should do nothing before it is subscribed to', () => {
    expect(() => fromFd(-1, 1)).not.to.throw();
  });
});
