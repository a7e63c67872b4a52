import { expect } from 'chai';
import { checkFunction, checkInteger, checkText } from '../lib/arguments.js';

describe('checkInteger', () => {
  for (const value of [-1, 0, 7]) {
    it(`should accept ${value} from -1 to 7`, () => {
      expect(() => {
        checkInteger('frequency', value, -1, 7);
      }).not.to.throw();
    });
  }

  for (const value of [-2, 8, 0.5, NaN, Infinity, -Infinity]) {
    it(`should refuse ${value} with RangeError, and name it, the range and the argument`, () => {
      expect(() => {
        checkInteger('frequency', value, -1, 7);
      }).to.throw(RangeError, `frequency must be an integer from -1 to 7, got ${value}`);
    });
  }

  const wrong: [unknown, string][] = [
    ['5', 'a value of type string'],
    [5n, 'a value of type bigint'],
    [null, 'null'],
    [undefined, 'undefined'],
    [{ valueOf: () => 5 }, 'a value of type object'],
  ];
  for (const [value, words] of wrong) {
    it(`should refuse ${words} with TypeError`, () => {
      expect(() => {
        checkInteger('fd', value, 0, 7);
      }).to.throw(TypeError, `fd must be a number, got ${words}`);
    });
  }
});

describe('checkFunction', () => {
  it('should accept functions of all kinds', () => {
    for (const value of [() => {}, async () => {}, class {}, Math.abs]) {
      expect(() => {
        checkFunction('callback', value);
      }).not.to.throw();
    }
  });

  for (const [value, words] of [
    [undefined, 'undefined'],
    [null, 'null'],
    [{}, 'a value of type object'],
    ['log', 'a value of type string'],
  ] as const) {
    it(`should refuse ${words} with TypeError`, () => {
      expect(() => {
        checkFunction('callback', value);
      }).to.throw(TypeError, `callback must be a function, got ${words}`);
    });
  }
});

describe('checkText', () => {
  it('should accept any text that C can take', () => {
    for (const value of ['', 'test', 'Größe']) {
      expect(() => {
        checkText('uri', value);
      }).not.to.throw();
    }
  });

  it('should refuse what is no text, or ends early in C, with TypeError', () => {
    expect(() => {
      checkText('uri', 5);
    }).to.throw(TypeError, 'uri must be a string, got a value of type number');
    expect(() => {
      checkText('uri', 'test:\0///default');
    }).to.throw(TypeError, 'uri must not contain a null character');
  });
});
