import { expect } from 'chai';
import { event, fromFd } from '../../lib/index.js';
import { loadDuring } from './load-during.js';
import { OpenFds } from './open-fds.js';
import { leaveNothing, RecordedSource, turns, until } from './recorded-source.js';
import { specNative } from './spec-native.js';

const { HANDLE_HANGUP, HANDLE_READABLE, HANDLE_WRITABLE } = event;

describe('several watches on one file descriptor (property 4)', () => {
  const fds = new OpenFds();
  afterEach(async () => {
    await leaveNothing();
    fds.closeAll();
  });

  it('should give each watch only its own bits, and none to the watch with mask 0', async () => {
    const [fd, peer] = fds.socketPair();
    specNative.writeByte(peer);
    const masks = [HANDLE_READABLE, HANDLE_WRITABLE, HANDLE_READABLE | HANDLE_WRITABLE, HANDLE_HANGUP, 0];
    const watches = masks.map((mask) => RecordedSource.handle(fd, mask));
    await until(() => watches.slice(0, 3).every(({ callbacks }) => callbacks > 3));
    await turns(20);
    expect(watches.map((watch) => watch.masks)).to.deep.equal([[1], [2], [3], [], []]);
  });

  it('should follow each one as its mask changes, and leave the others alone', async () => {
    const [fd, peer] = fds.socketPair();
    specNative.writeByte(peer);
    const [changing, reader, silent] = [
      RecordedSource.handle(fd, HANDLE_READABLE),
      RecordedSource.handle(fd, HANDLE_READABLE),
      RecordedSource.handle(fd, 0),
    ];
    await until(() => changing.callbacks > 0 && reader.callbacks > 0);
    changing.update(HANDLE_WRITABLE);
    await until(() => changing.masks.includes(HANDLE_WRITABLE));
    changing.update(0);
    const atRest = changing.callbacks;
    silent.update(HANDLE_READABLE | HANDLE_WRITABLE, { onThread: true });
    await until(() => silent.callbacks > 0);
    await turns(20);
    expect(changing.callbacks).to.equal(atRest);
    expect([changing.masks, reader.masks, silent.masks]).to.deep.equal([[1, 2], [1], [3]]);
  });

  it('should reach each watch, even when there are more than are passed to JavaScript at a time', async () => {
    const fd = fds.readable();
    const count = 2500;
    const reached = new Set<number>();
    const watches = Array.from({ length: count }, (_, index) =>
      fromFd(fd, HANDLE_READABLE).subscribe(() => reached.add(index)),
    );
    try {
      await until(() => reached.size === count);
    } finally {
      for (const watch of watches) watch.unsubscribe();
    }
  });

  it('should not ask for what no watch wants any more', async () => {
    const [fd] = fds.socketPair();
    const [writer, reader] = [
      RecordedSource.handle(fd, HANDLE_WRITABLE),
      RecordedSource.handle(fd, HANDLE_READABLE),
    ];
    await until(() => writer.callbacks > 0);
    writer.remove();
    await turns(5);
    // The socket can be written to. If the poller still asked for that, the loop would turn for ever.
    expect((await loadDuring(50)).loopTurns).to.be.below(20);
    expect(reader.callbacks).to.equal(0);
  });
});
