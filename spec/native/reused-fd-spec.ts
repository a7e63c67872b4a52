import { expect } from 'chai';
import { event } from '../../lib/index.js';
import { loadDuring } from './load-during.js';
import { OpenFds } from './open-fds.js';
import { leaveNothing, RecordedSource, turns, until } from './recorded-source.js';
import { specNative } from './spec-native.js';

const { HANDLE_READABLE } = event;

/** A pipe whose read end was closed while it was watched. The watch is still there, and a new pipe has the number. */
interface Reused {
  readonly old: RecordedSource;
  readonly oldWriteEnd: number;
  readonly fd: number;
  readonly writeEnd: number;
}

describe('a file descriptor closed before its watch is removed, its number taken at once (property 7)', () => {
  const fds = new OpenFds();
  afterEach(async () => {
    await leaveNothing();
    fds.closeAll();
  });

  /** With a duplicate, the kernel keeps the old file in the epoll set; see epoll(7). */
  async function reuse(hasDuplicate: boolean): Promise<Reused> {
    const [oldFd, oldWriteEnd] = fds.pipe();
    const old = RecordedSource.handle(oldFd, HANDLE_READABLE);
    await turns(3);
    if (hasDuplicate) fds.duplicate(oldFd);
    fds.close(oldFd);
    const [fd, writeEnd] = fds.pipe();
    expect(fd, 'the kernel gives the lowest free number').to.equal(oldFd);
    return { old, oldWriteEnd, fd, writeEnd };
  }

  async function expectQuiet(): Promise<void> {
    const { loopTurns, busyShare } = await loadDuring(100);
    expect(loopTurns).to.be.below(50);
    expect(busyShare).to.be.below(0.5);
  }

  for (const hasDuplicate of [false, true]) {
    const context = hasDuplicate ? 'while a duplicate keeps the old file open' : 'with the old file gone';

    it(`should bring the new file's events to the new watch alone, ${context}`, async () => {
      const { old, oldWriteEnd, fd, writeEnd } = await reuse(hasDuplicate);
      const young = RecordedSource.handle(fd, HANDLE_READABLE);
      await turns(3);
      if (hasDuplicate) specNative.writeByte(oldWriteEnd);
      await turns(10);
      expect([old.callbacks, young.callbacks], "the old file is nobody's now").to.deep.equal([0, 0]);
      await expectQuiet();

      specNative.writeByte(writeEnd);
      await until(() => young.callbacks > 0);
      expect(old.callbacks).to.equal(0);

      specNative.drain(fd);
      await turns(3);
      old.remove();
      await turns(3);
      const before = young.callbacks;
      specNative.writeByte(writeEnd);
      await until(() => young.callbacks > before);
    });

    it(`should keep the new watch when the old one is removed in the same turn, ${context}`, async () => {
      const { old, oldWriteEnd, fd, writeEnd } = await reuse(hasDuplicate);
      const young = RecordedSource.handle(fd, HANDLE_READABLE);
      old.remove();
      if (hasDuplicate) specNative.writeByte(oldWriteEnd);
      await turns(10);
      expect([old.callbacks, young.callbacks]).to.deep.equal([0, 0]);
      await expectQuiet();
      specNative.writeByte(writeEnd);
      await until(() => young.callbacks > 0);
    });

    it(`should keep the new watch that comes after the old one was removed, ${context}`, async () => {
      const { old, oldWriteEnd, fd, writeEnd } = await reuse(hasDuplicate);
      old.remove();
      await turns(3);
      if (hasDuplicate) specNative.writeByte(oldWriteEnd);
      const young = RecordedSource.handle(fd, HANDLE_READABLE);
      await turns(10);
      expect([old.callbacks, young.callbacks]).to.deep.equal([0, 0]);
      await expectQuiet();
      specNative.writeByte(writeEnd);
      await until(() => young.callbacks > 0);
    });

    it(`should not turn for an old file that is ready, with no other watch there, ${context}`, async () => {
      const { old, oldWriteEnd } = await reuse(hasDuplicate);
      if (hasDuplicate) specNative.writeByte(oldWriteEnd);
      old.remove();
      await until(() => old.frees > 0);
      const before = old.callbacks;
      await expectQuiet();
      expect(old.callbacks).to.equal(before);
    });
  }

  it('should keep the other watches of the set while it forgets the old file', async () => {
    const others = [fds.readable(), fds.readable(), fds.readable()];
    const watches = others.map((fd) => RecordedSource.handle(fd, HANDLE_READABLE));
    await until(() => watches.every(({ callbacks }) => callbacks > 0));
    const { oldWriteEnd, fd } = await reuse(true);
    RecordedSource.handle(fd, HANDLE_READABLE);
    specNative.writeByte(oldWriteEnd);
    await turns(5);
    const before = watches.map(({ callbacks }) => callbacks);
    await until(() => watches.every(({ callbacks }, index) => callbacks > (before[index] ?? 0)));
    expect(watches.map(({ masks }) => masks)).to.deep.equal([[1], [1], [1]]);
  });

  it('should watch a file that is put under the number of another by dup2', async () => {
    const [fd] = fds.pipe();
    const old = RecordedSource.handle(fd, HANDLE_READABLE);
    await turns(3);
    specNative.duplicateTo(fds.readable(), fd);
    const young = RecordedSource.handle(fd, HANDLE_READABLE);
    await until(() => young.callbacks > 0);
    expect(old.callbacks).to.equal(0);
  });

  it('should watch a file that has left its number and come back to it', async () => {
    const [fd, writeEnd] = fds.pipe();
    const old = RecordedSource.handle(fd, HANDLE_READABLE);
    await turns(3);
    const copy = fds.duplicate(fd);
    specNative.duplicateTo(fds.readable(), fd);
    const between = RecordedSource.handle(fd, HANDLE_READABLE);
    await until(() => between.callbacks > 0);
    specNative.duplicateTo(copy, fd);
    specNative.writeByte(writeEnd);
    const young = RecordedSource.handle(fd, HANDLE_READABLE);
    await until(() => young.callbacks > 0);
    for (const watch of [old, between, young]) watch.remove();
    await until(() => young.frees > 0);
    await expectQuiet();
  });

  it('should watch a file that has come back to its number when nobody watches the file in between any more', async () => {
    const [fd, writeEnd] = fds.pipe();
    const old = RecordedSource.handle(fd, HANDLE_READABLE);
    await turns(3);
    const copy = fds.duplicate(fd);
    specNative.duplicateTo(fds.readable(), fd);
    const between = RecordedSource.handle(fd, HANDLE_READABLE);
    await until(() => between.callbacks > 0);
    between.remove();
    // Adds a file that is ready, so that the poller looks at its set and takes out what was removed.
    const ready = RecordedSource.handle(fds.readable(), HANDLE_READABLE);
    await until(() => ready.callbacks > 2);
    // The kernel still has the first file under this number, but the poller no longer has it.
    specNative.duplicateTo(copy, fd);
    const young = RecordedSource.handle(fd, HANDLE_READABLE);
    await turns(3);
    specNative.writeByte(writeEnd);
    await until(() => young.callbacks > 0);
    expect(old.callbacks).to.equal(0);
  });

  it('should not watch a file that now has the number of a watch, while it forgets another file', async () => {
    // The file of this watch was closed. A file that nobody may watch now has its number.
    const stale = await reuse(false);
    specNative.writeByte(stale.writeEnd);
    // This file is closed here and still open elsewhere. The poller has to make a new set to get rid of it.
    const [ghost, ghostWriteEnd] = fds.pipe();
    RecordedSource.handle(ghost, HANDLE_READABLE);
    const other = RecordedSource.handle(fds.readable(), HANDLE_READABLE);
    await until(() => other.callbacks > 0);
    fds.duplicate(ghost);
    fds.close(ghost);
    const successor = fds.readable();
    expect(successor, 'the kernel gives the lowest free number').to.equal(ghost);
    const young = RecordedSource.handle(successor, HANDLE_READABLE);
    await until(() => young.callbacks > 0);
    specNative.writeByte(ghostWriteEnd);
    await turns(10);
    expect(stale.old.callbacks).to.equal(0);
    const before = other.callbacks;
    await until(() => other.callbacks > before);
  });
});
