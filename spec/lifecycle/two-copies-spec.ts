import { expect } from 'chai';
import { Preload } from '../support/programs/preload.js';
import { reportOf } from '../support/programs/run-script.js';

describe("two copies of the library's JavaScript in one thread", () => {
  for (const addon of ['shared', 'loaded again'] as const) {
    for (const registrar of ['first', 'second'] as const) {
      it(`should both get the events of their connections, with the addon ${addon}, the loop of the ${registrar}`, async () => {
        const reported = (await reportOf('two-copies', [addon, registrar])) as { ids: number[] };
        const [id] = reported.ids;
        expect(id).to.be.above(0);
        expect(reported).to.deep.equal({
          isSecond: true,
          refused: {
            name: 'EventLoopError',
            code: 'EALREADY',
            message:
              'the event loop is registered by another copy of rxvirt in this thread; connections may be opened here and use it',
          },
          ids: [id, id, id, id],
          reasons: ['client', 'client', 'client', 'client'],
        });
      });
    }
  }

  it('should keep the loop in their thread for a timeout of one copy, when the copy with the loop has no connection left', async () => {
    expect(await reportOf('timeout-of-second-copy')).to.deep.equal({ isOurs: true });
  });
});

describe('a second installed copy', () => {
  it('should fail at its first use with the reason why it can not work, and the first copy should go on', async () => {
    expect(await reportOf('two-installs')).to.deep.equal({
      isOpen: true,
      failure: {
        name: 'EventLoopError',
        code: 'EALREADY',
        message:
          'another installed copy of rxvirt, or other code, has registered an event loop in this process; let all packages use one copy of rxvirt (npm dedupe)',
      },
    });
  });
});

describe('a worker that opened first and ends', () => {
  it('should leave the loop to main, whose connection goes on although main makes no call', async () => {
    expect(await reportOf('loop-moves')).to.deep.equal({ before: 1, after: 2, handles: [0, 1] });
  });

  it('should leave the loop to main as soon as main can take it, when at first main gets no file descriptor', async () => {
    await using preload = await Preload.of('watch-epoll');
    const reported = await reportOf('loop-moves', ['later'], { env: preload.env });
    expect(reported).to.deep.equal({ before: 1, after: 2, handles: [0, 1] });
  });
});
