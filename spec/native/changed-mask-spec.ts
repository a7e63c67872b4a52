import { expect } from 'chai';
import { readdirSync, readFileSync } from 'node:fs';
import { event } from '../../lib/index.js';
import { OpenFds } from './open-fds.js';
import { leaveNothing, RecordedSource, turns, until } from './recorded-source.js';

const { HANDLE_READABLE, HANDLE_WRITABLE } = event;

/** The entries for an fd in the epoll sets of this process: mask and key, as reported by the kernel. */
function entriesOf(fd: number): { readonly mask: number; readonly key: string }[] {
  return readdirSync('/proc/self/fdinfo').flatMap((each) => {
    let info = '';
    try {
      info = readFileSync(`/proc/self/fdinfo/${each}`, 'utf8');
    } catch {
      // This is the fd with which the directory itself was read.
    }
    return [...info.matchAll(/^tfd:\s*(\d+) events:\s*([0-9a-f]+) data:\s*([0-9a-f]+)/gm)]
      .filter(([, watched]) => Number(watched) === fd)
      .map(([, , mask = '', key = '']) => ({ mask: parseInt(mask, 16) & 5, key }));
  });
}

describe('the mask of a watch', () => {
  const fds = new OpenFds();
  afterEach(async () => {
    await leaveNothing();
    fds.closeAll();
  });

  // If the file left the set to come back with a new mask, the kernel could refuse to add it again.
  it('should change without the file leaving the epoll set, and leave it with the last watch', async () => {
    const [fd] = fds.socketPair();
    const watch = RecordedSource.handle(fd, HANDLE_READABLE);
    await turns(3);
    const [before] = entriesOf(fd);
    expect(before).to.include({ mask: 1 });

    watch.update(HANDLE_READABLE | HANDLE_WRITABLE);
    await until(() => watch.callbacks > 0);
    expect(entriesOf(fd)).to.deep.equal([{ mask: 5, key: before?.key }]);

    watch.remove();
    // Adds a file that is ready, so that the poller looks at its set.
    const other = RecordedSource.handle(fds.readable(), HANDLE_READABLE);
    await until(() => other.callbacks > 2);
    expect(entriesOf(fd)).to.deep.equal([]);
  });
});
