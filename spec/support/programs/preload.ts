import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** A C file of spec/fixtures/ as a library that stands before others in a process of its own. */
export class Preload implements AsyncDisposable {
  /** Compiles `<name>.c`. */
  static async of(name: string): Promise<Preload> {
    const source = fileURLToPath(new URL(`../../../../spec/fixtures/${name}.c`, import.meta.url));
    const directory = await mkdtemp(join(tmpdir(), 'rxvirt-preload-'));
    await promisify(execFile)('cc', [
      '-shared',
      '-fPIC',
      '-o',
      join(directory, 'preload.so'),
      source,
      '-ldl',
    ]);
    return new Preload(directory);
  }

  private constructor(private readonly directory: string) {}

  /** For the environment of the process. What is preloaded here already, such as a sanitizer, comes first. */
  get env(): { readonly LD_PRELOAD: string; readonly PRELOAD_FILE: string } {
    const library = join(this.directory, 'preload.so');
    const { LD_PRELOAD = '' } = process.env;
    return {
      LD_PRELOAD: LD_PRELOAD === '' ? library : `${LD_PRELOAD}:${library}`,
      PRELOAD_FILE: this.file,
    };
  }

  /** A path by which the library and the process may tell each other something. */
  get file(): string {
    return join(this.directory, 'file');
  }

  [Symbol.asyncDispose](): Promise<void> {
    return rm(this.directory, { recursive: true, force: true });
  }
}
