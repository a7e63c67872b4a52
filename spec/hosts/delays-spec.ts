import { expect } from 'chai';
import { checkReconnectOptions, Delays } from '../../lib/hosts/delays.js';

describe('delays between attempts', () => {
  it('should double up to the longest', () => {
    const delays = new Delays({ initialDelay: 100, maxDelay: 1000 });
    expect([1, 2, 3, 4, 5, 50, 5000].map((failures) => delays.longestMs(failures))).to.deep.equal([
      100, 200, 400, 800, 1000, 1000, 1000,
    ]);
  });

  it('should be chosen between 0 and the longest', () => {
    const randoms = [0, 0.5, 0.999];
    const delays = new Delays({ initialDelay: 100, maxDelay: 1000 }, () => randoms.shift() ?? 0);
    expect([1, 2, 3].map((failures) => delays.chooseMs(failures))).to.deep.equal([0, 100, 400]);
  });

  it('should be one second at first, and half a minute at most, unless told otherwise', () => {
    const delays = new Delays();
    expect([delays.longestMs(1), delays.longestMs(100)]).to.deep.equal([1000, 30_000]);
  });

  it('should be spread over the whole range by default', () => {
    const delays = new Delays({ initialDelay: 1000 });
    const chosen = Array.from({ length: 1000 }, () => delays.chooseMs(1));
    for (const tenth of Array.from({ length: 10 }, (_, index) => index * 100))
      expect(chosen.filter((ms) => ms >= tenth && ms < tenth + 100).length, `from ${tenth} ms`).to.be.within(
        50,
        150,
      );
  });

  for (const [options, message] of [
    [{ initialDelay: -1 }, /reconnect\.initialDelay must be from 0/],
    [{ maxDelay: 'long' }, /reconnect\.maxDelay must be a number/],
    [{ maximum: 1 }, /reconnect has no option 'maximum'/],
    [true, /reconnect must be an object or false/],
    ['x', /options of reconnect must be an object/],
  ] as const) {
    it(`should be refused when they are ${JSON.stringify(options)}`, () => {
      expect(() => {
        checkReconnectOptions(options as never);
      }).to.throw(message);
    });
  }
});
