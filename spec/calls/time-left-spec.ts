import { expect } from 'chai';
import type { CallOptions } from '../../lib/calls/call-options.js';
import { timeLeft } from '../../lib/calls/time-left.js';
import { impactFlags, type ImpactOptions } from '../../lib/domain/impact.js';

describe('timeLeft', () => {
  it('should pass on options without a timeout as they are', () => {
    const options = { signal: new AbortController().signal };
    expect(timeLeft('virX', options)()).to.equal(options);
  });

  it('should leave less and less time, and never less than none', () => {
    const left = timeLeft('virX', { timeout: 20 });
    const seen: number[] = [];
    do seen.push(left().timeout);
    while (seen.at(-1) !== 0);
    expect(seen[0]).to.be.within(1, 20);
    expect(seen).to.deep.equal([...seen].sort((a, b) => b - a));
  });

  it('should keep the other options, also inherited ones', () => {
    const { signal } = new AbortController();
    const options = Object.assign(Object.create({ signal, live: true }) as ImpactOptions, {
      timeout: 10_000,
    });
    expect(timeLeft('virX', options, impactFlags)()).to.include({ signal, live: true });
  });

  it('should refuse options that the method does not take', () => {
    const options: ImpactOptions = { live: true };
    expect(() => timeLeft<CallOptions>('virX', options)).to.throw(TypeError, "virX has no option 'live'");
    expect(() => timeLeft('virX', { timeout: 'long' as never })).to.throw(TypeError, 'timeout');
    expect(() => timeLeft<ImpactOptions>('virX', { live: 1 as never }, impactFlags)).to.throw(
      TypeError,
      'live',
    );
  });
});
