import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** A C file of spec/fixtures/, compiled as a library that a separate process loads before all others (LD_PRELOAD). */
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

  /**
   * Variables for the environment of the process. Libraries that are preloaded here, such as a sanitizer, come first.
   */
  get env(): { readonly LD_PRELOAD: string; readonly PRELOAD_FILE: string } {
    const library = join(this.directory, 'preload.so');
    const { LD_PRELOAD = '' } = process.env;
    return {
      LD_PRELOAD: LD_PRELOAD === '' ? library : `${LD_PRELOAD}:${library}`,
      PRELOAD_FILE: this.file,
    };
  }

  /** The path of a file with which the library and the process may communicate. */
  get file(): string {
    return join(this.directory, 'file');
  }

  [Symbol.asyncDispose](): Promise<void> {
    return rm(this.directory, { recursive: true, force: true });
  }
}
