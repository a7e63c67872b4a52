import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A pipe with one file descriptor for both ends. It is always writable, and readable while the pipe has data. */
export class Fifo implements Disposable {
  readonly fd: number;

  constructor() {
    const directory = mkdtempSync(join(tmpdir(), 'rxvirt-fifo-'));
    const path = join(directory, 'fifo');
    execFileSync('mkfifo', [path]);
    this.fd = openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
    rmSync(directory, { recursive: true });
  }

  fill(): void {
    writeSync(this.fd, 'x');
  }

  empty(): void {
    readSync(this.fd, Buffer.alloc(16));
  }

  [Symbol.dispose](): void {
    closeSync(this.fd);
  }
}
