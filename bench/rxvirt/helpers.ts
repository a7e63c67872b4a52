// Pipes and helper processes for the rxvirt peer.
import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { readSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { event, RxEventImpl } from 'rxvirt';
import { deferred } from './deferred.js';

interface BenchNative {
  pipe(): [read: number, write: number];
  updateTimeoutFromThread(timer: number, ms: number): void;
  addAndRemoveTimeout(): void;
  /** For how many of those timeouts libvirt's free callback has been called. */
  freed(): number;
  generate(count: number): void;
  startGenerator(count: number): void;
  generatedNs(): number;
}

const bin = fileURLToPath(new URL('../bin/', import.meta.url));
export const native = createRequire(import.meta.url)(`${bin}bench_native.node`) as BenchNative;

export function startHelper(name: string, args: string[], stdio: StdioOptions): ChildProcess {
  return spawn(bin + name, args, { stdio });
}

/** Pipes that are watched, and the pinger that writes to their other ends. */
export class Pinger {
  dispatches = 0;
  readonly #goFd: number;
  readonly #child: ChildProcess;

  /** Resolves when `limit` bytes have been read. */
  readonly limited: Promise<unknown>;

  constructor(mode: string, count: number, limit = Infinity) {
    const limited = deferred<undefined>();
    this.limited = limited.promise;
    event.register(RxEventImpl.shared);
    const [goRead, goWrite] = native.pipe();
    const [ackRead, ackWrite] = native.pipe();
    const byte = Buffer.alloc(1);
    const ack = Buffer.from('k');
    const reply = mode === 'pp';
    const writeEnds: number[] = [];
    for (let i = 0; i < count; i++) {
      const [read, write] = native.pipe();
      writeEnds.push(write);
      event.addHandle(read, event.HANDLE_READABLE, (_watch, fd) => {
        readSync(fd, byte, 0, 1, null);
        this.dispatches++;
        if (reply) writeSync(ackWrite, ack, 0, 1);
        if (this.dispatches === limit) limited.resolve(undefined);
      });
    }
    this.#goFd = goWrite;
    // In the helper, the inherited file descriptors have the numbers 3 (acknowledgements), 4, 5, ...
    const args = [mode, '3', ...writeEnds.map((_, i) => String(i + 4))];
    this.#child = startHelper('pinger', args, [goRead, 'inherit', 'inherit', ackRead, ...writeEnds]);
  }

  go(): void {
    writeSync(this.#goFd, 'g');
  }

  stop(): void {
    this.#child.kill();
  }
}
