import { constants } from 'node:fs';
import { open, stat, type FileHandle } from 'node:fs/promises';
import { getSystemErrorMap } from 'node:util';
import { native, type LocalFileHandle } from '../native.js';

// A FIFO that nobody has open for the other way would block one of libuv's threads.
const { O_CREAT, O_NONBLOCK, O_RDONLY, O_TRUNC, O_WRONLY } = constants;

/** Whether a hole in this file would read as zeros. A device keeps there what it has. */
export async function canHaveHoles(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isFile(),
    () => true,
  );
}

/** A file of this machine that the content of a stream goes into, or comes from. */
export class LocalFile {
  readonly path: string;
  /** Null when it is a device. */
  readonly sizeBytes: number | null;
  /** The addon's. */
  readonly handle: LocalFileHandle;
  readonly #file: FileHandle;

  private constructor(path: string, file: FileHandle, handle: LocalFileHandle, sizeBytes: number | null) {
    this.path = path;
    this.#file = file;
    this.handle = handle;
    this.sizeBytes = sizeBytes;
  }

  /** Opens it without its content, or makes it. A device keeps its content. */
  static async toWrite(path: string): Promise<LocalFile> {
    return LocalFile.#of(path, await open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NONBLOCK));
  }

  static async toRead(path: string): Promise<LocalFile> {
    return LocalFile.#of(path, await open(path, O_RDONLY | O_NONBLOCK));
  }

  static async #of(path: string, file: FileHandle): Promise<LocalFile> {
    try {
      const stats = await file.stat();
      const handle = native().shareFile(file.fd);
      if (typeof handle === 'number') throw systemError('open', path, handle);
      return new LocalFile(path, file, handle, stats.isFile() ? stats.size : null);
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** Cuts it off, or adds a hole. A device has its size. */
  async resize(bytes: number): Promise<void> {
    if (this.sizeBytes === null) return;
    await this.#file.truncate(bytes).catch((error: unknown) => {
      throw systemError('ftruncate', this.path, (error as NodeJS.ErrnoException).errno ?? 0);
    });
  }

  /** Waits until no call uses it any more. */
  async close(): Promise<void> {
    await native().closeFile(this.handle);
    await this.#file.close();
  }

  /** The error of a call that has met an errno. */
  error(syscall: 'read' | 'write', errno: number): NodeJS.ErrnoException {
    return systemError(syscall, this.path, -errno);
  }
}

/** The error that Node's own functions for files would have thrown. */
function systemError(syscall: string, path: string, errno: number): NodeJS.ErrnoException {
  const [code, text] = getSystemErrorMap().get(errno) ?? [`E${-errno}`, 'unknown error'];
  return Object.assign(new Error(`${code}: ${text}, ${syscall} '${path}'`), { errno, code, syscall, path });
}
