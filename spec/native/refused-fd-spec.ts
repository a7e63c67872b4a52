import { expect } from 'chai';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { event, EventLoopError } from '../../lib/index.js';
import { OpenFds } from './open-fds.js';
import { leaveNothing, RecordedSource, turns, until } from './recorded-source.js';

const { HANDLE_HANGUP, HANDLE_READABLE, HANDLE_WRITABLE } = event;

describe('file descriptors that are neither sockets nor pipes (property 6)', () => {
  const fds = new OpenFds();
  let directory = '';
  let fd = -1;
  before(() => {
    directory = mkdtempSync(join(tmpdir(), 'rxvirt-regular-file-'));
    writeFileSync(join(directory, 'file'), 'text');
    fd = openSync(join(directory, 'file'), 'r+');
  });
  after(() => {
    closeSync(fd);
    rmSync(directory, { recursive: true });
  });
  afterEach(async () => {
    await leaveNothing();
    fds.closeAll();
  });

  it('should report a regular file as always ready, for what a watch asks, once on each turn of the loop', async () => {
    const masks = [HANDLE_READABLE, HANDLE_WRITABLE, HANDLE_READABLE | HANDLE_WRITABLE];
    const watches = masks.map((mask) => RecordedSource.handle(fd, mask));
    await until(() => watches.every(({ callbacks }) => callbacks > 0));
    const before = watches.map(({ callbacks }) => callbacks);
    await turns(20);
    for (const [index, watch] of watches.entries()) {
      expect(watch.masks).to.deep.equal([masks[index]]);
      expect(watch.callbacks - (before[index] ?? 0)).to.be.within(19, 21);
    }
  });

  it('should not report a regular file to a watch that asks for nothing that such a file reports', async () => {
    const watches = [0, HANDLE_HANGUP].map((mask) => RecordedSource.handle(fd, mask));
    await turns(20);
    expect(watches.map(({ callbacks }) => callbacks)).to.deep.equal([0, 0]);
  });

  const numbers = [
    { title: '-1', number: () => -1 },
    { title: 'another negative number', number: () => -77 },
    { title: 'a number that no file has', number: () => 1_000_000 },
    { title: 'the largest number', number: () => 0x7fffffff },
    {
      title: 'a closed file descriptor',
      number: () => {
        const [closed] = fds.pipe();
        fds.close(closed);
        return closed;
      },
    },
  ];
  for (const { title, number } of numbers) {
    for (const mask of [HANDLE_READABLE, 0]) {
      it(`should refuse ${title} with mask ${mask}: EventLoopError to JavaScript, -1 to C on any thread`, () => {
        const refused = number();
        expect(() => event.addHandle(refused, mask, () => {}))
          .to.throw(EventLoopError, `file descriptor ${refused} can't be watched: it is not open (EBADF)`)
          .with.property('code', 'EBADF');
        expect(RecordedSource.handle(refused, mask).id).to.equal(-1);
        expect(RecordedSource.handle(refused, mask, { onThread: true }).id).to.equal(-1);
      });
    }
  }

  it('should free what C code added but closed before the loop had heard of it', async () => {
    const [closed] = fds.pipe();
    const watch = RecordedSource.handle(closed, HANDLE_READABLE, { onThread: true });
    fds.close(closed);
    expect(watch.id).to.be.above(0);
    await turns(5);
    expect(watch.remove()).to.equal(0);
    await until(() => watch.frees > 0);
    expect(watch.callbacks).to.equal(0);
  });
});
