import { expect } from 'chai';
import { firstValueFrom } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { fromFd } from '../../lib/loop/from-fd.js';
import { rejection } from '../support/rejection.js';

// The specs that need the addon are in spec/native/.
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

  for (const [fd, events, message] of [
    ['x', 1, 'fd must be a number, got a value of type string'],
    [undefined, 1, 'fd must be a number, got undefined'],
    [2 ** 32, 1, 'fd must be an integer from -2147483648 to 2147483647, got 4294967296'],
    [NaN, 1, 'fd must be an integer from -2147483648 to 2147483647, got NaN'],
    [0, '1', 'events must be a number, got a value of type string'],
    [0, 16, 'events must be an integer from 0 to 15, got 16'],
  ] as const) {
    it(`should say on the error path what is wrong: ${message}`, async () => {
      const error = await rejection(firstValueFrom(fromFd(fd as number, events as number)));
      expect(error).to.be.instanceOf(Error).and.to.have.property('message', message);
    });
  }

  it('should do nothing before it is subscribed to', () => {
    expect(() => fromFd(-1, 1)).not.to.throw();
  });
});
