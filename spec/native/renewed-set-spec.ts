import { expect } from 'chai';
import { event } from '../../lib/index.js';
import { Preload } from '../support/programs/preload.js';
import { reportOf } from '../support/programs/run-script.js';
import { OpenFds } from './open-fds.js';
import { leaveNothing, RecordedSource, turns, until } from './recorded-source.js';
import { specNative } from './spec-native.js';

const { HANDLE_READABLE } = event;

describe('the epoll set of the poller', () => {
  const fds = new OpenFds();
  afterEach(async () => {
    await leaveNothing();
    fds.closeAll();
  });

  it('should go on while no new set can be made, be renewed when one can be made, and change a mask in place', async () => {
    await using preload = await Preload.of('watch-epoll');
    expect(await reportOf('poller-without-fds', [], { env: preload.env })).to.deep.equal({
      isSameNumber: true,
      oldCallbacks: 0,
      triesAfter: 0,
      changes: ['modify'],
    });
  });

  it('should exist before a connection is opened; otherwise open rejects and says what is missing', async () => {
    await using preload = await Preload.of('watch-epoll');
    expect(await reportOf('open-without-fds', [], { env: preload.env })).to.deep.equal({
      refused: {
        name: 'EventLoopError',
        code: 'EMFILE',
        message:
          "the event loop can't be made: EMFILE; close files, or raise the limit of open ones (ulimit -n)",
      },
      isOpen: true,
    });
  });

  it('should, when it is renewed, not watch somebody else’s file that has the number of a stale watch', async () => {
    const [staleFd] = fds.pipe();
    const stale = RecordedSource.handle(staleFd, HANDLE_READABLE);
    const [ghostFd, ghostWriteEnd] = fds.pipe();
    const ghost = RecordedSource.handle(ghostFd, HANDLE_READABLE);
    const [liveFd, liveWriteEnd] = fds.pipe();
    const live = RecordedSource.handle(liveFd, HANDLE_READABLE);
    await turns(3);
    fds.close(staleFd);
    const [foreignFd, foreignWriteEnd] = fds.pipe();
    expect(foreignFd, 'the kernel gives the lowest free number').to.equal(staleFd);
    specNative.writeByte(foreignWriteEnd);
    // The poller renews its set because of a file in the set that nobody watches any more.
    fds.duplicate(ghostFd);
    fds.close(ghostFd);
    ghost.remove();
    specNative.writeByte(ghostWriteEnd);
    await turns(10);
    specNative.writeByte(liveWriteEnd);
    await until(() => live.callbacks > 0);
    expect([stale.callbacks, ghost.callbacks]).to.deep.equal([0, 0]);
  });
});
