import { expect } from 'chai';
import { event } from '../../lib/index.js';
import { loadDuring } from './load-during.js';
import { OpenFds } from './open-fds.js';
import { leaveNothing, RecordedSource, turns, until } from './recorded-source.js';
import { specNative } from './spec-native.js';

const { HANDLE_ERROR, HANDLE_HANGUP, HANDLE_READABLE, HANDLE_WRITABLE } = event;

// For each file: what the kernel reports, with poll(2) as with epoll(7).
const cases = [
  {
    title: 'the read end of a pipe whose write end is closed',
    open: (fds: OpenFds) => {
      const [fd, peer] = fds.pipe();
      return { fd, peer };
    },
    always: HANDLE_HANGUP,
    asked: 0,
  },
  {
    title: 'the write end of a pipe whose read end is closed',
    open: (fds: OpenFds) => {
      const [peer, fd] = fds.pipe();
      return { fd, peer };
    },
    always: HANDLE_ERROR,
    asked: HANDLE_WRITABLE,
  },
  {
    title: 'a socket whose peer is closed',
    open: (fds: OpenFds) => {
      const [fd, peer] = fds.socketPair();
      return { fd, peer };
    },
    always: HANDLE_HANGUP,
    asked: HANDLE_READABLE | HANDLE_WRITABLE,
  },
  {
    title: 'a socket whose peer is closed with unread data, which is an error besides',
    open: (fds: OpenFds) => {
      const [fd, peer] = fds.socketPair();
      specNative.writeByte(fd);
      return { fd, peer };
    },
    always: HANDLE_HANGUP | HANDLE_ERROR,
    asked: HANDLE_READABLE | HANDLE_WRITABLE,
  },
];

describe('errors and hang-ups (property 5)', () => {
  const fds = new OpenFds();
  afterEach(async () => {
    await leaveNothing();
    fds.closeAll();
  });

  for (const { title, open, always, asked } of cases) {
    for (const mask of [HANDLE_READABLE, HANDLE_WRITABLE, HANDLE_ERROR, HANDLE_HANGUP, 15]) {
      it(`should report ${title} to a watch with mask ${mask}, again and again`, async () => {
        const { fd, peer } = open(fds);
        fds.close(peer);
        const watch = RecordedSource.handle(fd, mask);
        await until(() => watch.callbacks > 3);
        const before = watch.callbacks;
        await turns(20);
        expect(watch.callbacks).to.be.above(before);
        expect(watch.masks).to.deep.equal([always | (asked & mask)]);
      });
    }

    it(`should say nothing of ${title} to a watch with mask 0, and take no turn of the loop for it`, async () => {
      const { fd, peer } = open(fds);
      const added = RecordedSource.handle(fd, 0);
      const silenced = RecordedSource.handle(fd, HANDLE_HANGUP);
      await turns(3);
      expect(silenced.callbacks).to.equal(0);
      fds.close(peer);
      await until(() => silenced.callbacks > 0);
      silenced.update(0);
      await turns(3);
      const before = silenced.callbacks;

      const { loopTurns, busyShare } = await loadDuring(200);
      expect(loopTurns).to.be.below(50);
      expect(busyShare).to.be.below(0.5);
      expect(added.callbacks).to.equal(0);
      expect(silenced.callbacks).to.equal(before);

      silenced.update(HANDLE_READABLE);
      await until(() => silenced.callbacks > before);
    });
  }

  it('should report the hang-up to each watch of the file except the silent one', async () => {
    const [fd, peer] = fds.socketPair();
    const watches = [0, HANDLE_READABLE, HANDLE_WRITABLE].map((mask) => RecordedSource.handle(fd, mask));
    fds.close(peer);
    await until(() =>
      watches.slice(1).every(({ masks }) => masks.some((mask) => (mask & HANDLE_HANGUP) !== 0)),
    );
    expect(watches[0]?.callbacks).to.equal(0);
  });
});
