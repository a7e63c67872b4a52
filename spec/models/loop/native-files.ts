import { closeSync, openSync } from 'node:fs';
import { specNative } from '../../native/spec-native.js';

/** A file that stays ready for the same. */
export interface ReadyFile {
  readonly fd: number;
  /** What it is ready for. */
  readonly ready: number;
}

/** Files that are ready for different things. Dispose of them. */
export class ReadyFiles implements Disposable {
  readonly all: readonly ReadyFile[];
  readonly #fds: number[];

  constructor() {
    const [readable, writerOfReadable] = specNative.pipe();
    specNative.writeByte(writerOfReadable);
    const [both, peerOfBoth] = specNative.socketPair();
    specNative.writeByte(peerOfBoth);
    const [writable, peerOfWritable] = specNative.socketPair();
    const [silent, writerOfSilent] = specNative.pipe();
    const [hungUp, closed] = specNative.pipe();
    specNative.close(closed);
    // epoll refuses a regular file, which counts as always ready.
    const regular = openSync('/proc/self/exe', 'r');
    this.all = [
      { fd: readable, ready: 1 },
      { fd: both, ready: 3 },
      { fd: writable, ready: 2 },
      { fd: silent, ready: 0 },
      { fd: hungUp, ready: 8 },
      { fd: regular, ready: 3 },
    ];
    this.#fds = [
      writerOfReadable,
      peerOfBoth,
      peerOfWritable,
      writerOfSilent,
      ...this.all.map(({ fd }) => fd),
    ];
  }

  [Symbol.dispose](): void {
    for (const fd of this.#fds) closeSync(fd);
  }
}
