import { expect } from 'chai';
import { checkedOpenOptions, wantedUri } from '../../lib/connection/open-options.js';

/** Takes values that TypeScript refuses, because JavaScript programs can pass them. */
function check(uri: unknown, options: object = {}): () => void {
  return () => {
    checkedOpenOptions(options);
    wantedUri(uri);
  };
}

describe('the arguments of an open', () => {
  it('should not take what every object inherits for a hint about a wrong name', () => {
    expect(check('test:', { constructor: 1 })).to.throw(TypeError, /has no option 'constructor'; it takes/);
  });

  it('should accept what libvirt understands', () => {
    expect(check(undefined)).not.to.throw();
    expect(check('qemu:///system', { readOnly: true })).not.to.throw();
    expect(check('qemu:///system', { keepAlive: { interval: 5, count: 0 } })).not.to.throw();
  });

  for (const [what, uri, options, type, message] of [
    ['a uri that is no text', 5, {}, TypeError, 'uri must be a string'],
    ['null as uri', null, {}, TypeError, 'uri must be a string'],
    ['a uri that C would cut off', 'test:\0', {}, TypeError, 'uri must not contain a null character'],
    [
      'readOnly that is no boolean',
      'test:',
      { readOnly: 1 },
      TypeError,
      'readOnly must be a boolean, got a value of type number',
    ],
    ['a keepalive without a count', 'test:', { keepAlive: { interval: 1 } }, TypeError, 'keepAlive.count'],
    [
      'an interval of 0',
      'test:',
      { keepAlive: { interval: 0, count: 1 } },
      RangeError,
      'keepAlive.interval must be an integer from 1',
    ],
    [
      'an interval of 1.5',
      'test:',
      { keepAlive: { interval: 1.5, count: 1 } },
      RangeError,
      'keepAlive.interval',
    ],
    [
      'a timeout that is no number',
      'test:',
      { timeout: '1' },
      TypeError,
      'timeout must be a number, got a value of type string',
    ],
    ['a timeout below 0', 'test:', { timeout: -1 }, RangeError, 'timeout must be an integer from 0'],
    ['a timeout of 1.5', 'test:', { timeout: 1.5 }, RangeError, 'timeout must be an integer from 0'],
    ['a count below 0', 'test:', { keepAlive: { interval: 1, count: -1 } }, RangeError, 'keepAlive.count'],
  ] as const) {
    it(`should refuse ${what} with ${type.name}`, () => {
      expect(check(uri, options)).to.throw(type, message);
    });
  }
});
