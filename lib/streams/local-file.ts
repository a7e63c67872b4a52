import { constants } from 'node:fs';
import { open, unlink, type FileHandle } from 'node:fs/promises';
import { getSystemErrorMap } from 'node:util';

// A FIFO that nobody has open for the other way would block one of libuv's threads.
const { O_CREAT, O_EXCL, O_NONBLOCK, O_RDONLY, O_WRONLY } = constants;

/** A file of this machine that the content of a stream goes into, or comes from. */
export class LocalFile {
  readonly path: string;
  /** A hole of a file reads as zeros. A device keeps there what it had. */
  readonly canHaveHoles: boolean;
  /** Null when it is not a file: a device. */
  readonly sizeBytes: number | null;
  readonly #file: FileHandle;
  readonly #isNew: boolean;

  private constructor(path: string, file: FileHandle, isNew: boolean, fileBytes: number | null) {
    this.path = path;
    this.#file = file;
    this.#isNew = isNew;
    this.canHaveHoles = fileBytes !== null;
    this.sizeBytes = fileBytes;
  }

  /** Opens it, or makes it. It keeps its content until {@link clear}. */
  static async toWrite(path: string): Promise<LocalFile> {
    const isNew = await open(path, O_WRONLY | O_CREAT | O_EXCL | O_NONBLOCK).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return null;
      throw error;
    });
    return LocalFile.#of(path, isNew ?? (await open(path, O_WRONLY | O_CREAT | O_NONBLOCK)), isNew !== null);
  }

  static async toRead(path: string): Promise<LocalFile> {
    return LocalFile.#of(path, await open(path, O_RDONLY | O_NONBLOCK), false);
  }

  static async #of(path: string, file: FileHandle, isNew: boolean): Promise<LocalFile> {
    const stats = await file.stat();
    return new LocalFile(path, file, isNew, stats.isFile() ? stats.size : null);
  }

  get fd(): number {
    return this.#file.fd;
  }

  /** Removes its content. A device keeps it. */
  async clear(): Promise<void> {
    await this.resize(0);
  }

  async resize(bytes: number): Promise<void> {
    if (this.canHaveHoles) await this.#file.truncate(bytes);
  }

  async close(): Promise<void> {
    await this.#file.close();
  }

  /** Closes it, and removes it if it was made here. */
  async discard(): Promise<void> {
    await this.close();
    if (this.#isNew) await unlink(this.path);
  }

  /** The error that Node's own functions for files would have thrown. */
  error(syscall: 'read' | 'write', errno: number): NodeJS.ErrnoException {
    const [code, text] = getSystemErrorMap().get(-errno) ?? [`E${errno}`, 'unknown error'];
    const error = new Error(`${code}: ${text}, ${syscall} '${this.path}'`);
    return Object.assign(error, { errno: -errno, code, syscall, path: this.path });
  }
}
