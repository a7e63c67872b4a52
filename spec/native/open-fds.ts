import { specNative } from './spec-native.js';

/** The file descriptors of one spec. */
export class OpenFds {
  readonly #open = new Set<number>();

  pipe(): [readEnd: number, writeEnd: number] {
    return this.#keepAll(specNative.pipe());
  }

  socketPair(): [number, number] {
    return this.#keepAll(specNative.socketPair());
  }

  /** Returns the read end of a pipe that has a byte in it. */
  readable(): number {
    const [readEnd, writeEnd] = this.pipe();
    specNative.writeByte(writeEnd);
    return readEnd;
  }

  duplicate(fd: number): number {
    const copy = specNative.duplicate(fd);
    this.#open.add(copy);
    return copy;
  }

  close(fd: number): void {
    specNative.close(fd);
    this.#open.delete(fd);
  }

  closeAll(): void {
    for (const fd of this.#open) this.close(fd);
  }

  #keepAll(pair: [number, number]): [number, number] {
    for (const fd of pair) this.#open.add(fd);
    return pair;
  }
}
