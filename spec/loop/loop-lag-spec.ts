import { expect } from 'chai';
import { firstValueFrom, take, tap, toArray } from 'rxjs';
import { loopLag } from '../../lib/index.js';
import { beBusy } from '../support/connection/several-connections.js';
import { runScript } from '../support/programs/run-script.js';

describe('loopLag', () => {
  it('should tell how long JavaScript has blocked, also right after the value before', async () => {
    const lags = firstValueFrom(
      loopLag({ interval: 200 }).pipe(
        tap(() => beBusy(400)),
        take(2),
        toArray(),
      ),
    );
    // It does not keep the process alive, so the spec does.
    const keeping = setTimeout(() => undefined, 30_000);
    const [, second] = await lags;
    clearTimeout(keeping);
    expect(second).to.be.within(350, 5000);
  });

  it('should leave the process free to end', async () => {
    const { exitCode, signal, stdout } = await runScript('loop-lag-alone', [], { limitMs: 20_000 });
    expect({ exitCode, signal, stdout }).to.deep.equal({
      exitCode: 0,
      signal: null,
      stdout: '"measuring"\n',
    });
  });

  it('should refuse options that are wrong', () => {
    expect(() => loopLag({ interval: '1' as never })).to.throw(TypeError);
    expect(() => loopLag({ interval: 1 })).to.throw(RangeError);
    expect(() => loopLag({ period: 1 } as never)).to.throw(TypeError, "no option 'period'");
  });
});
