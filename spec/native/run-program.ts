import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface ProgramEnd {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stderr: string;
  /** What the program has printed: one line of JSON, or nothing. */
  readonly result: unknown;
}

const limitMs = 25_000;

/** Runs `programs/<name>.ts` in a process of its own, since libvirt takes one event loop for a process. */
export async function runProgram(name: string, ...args: readonly string[]): Promise<ProgramEnd> {
  const file = fileURLToPath(new URL(`programs/${name}.js`, import.meta.url));
  return new Promise((resolve, reject) => {
    const program = execFile(
      process.execPath,
      [file, ...args],
      { timeout: limitMs, killSignal: 'SIGKILL' },
      (error, stdout, stderr) => {
        try {
          const result: unknown = stdout === '' ? undefined : JSON.parse(stdout);
          resolve({ code: program.exitCode, signal: program.signalCode, stderr, result });
        } catch (cause) {
          reject(
            new Error(`${name} printed no JSON: ${stdout}\n${stderr}\n${error?.message ?? ''}`, { cause }),
          );
        }
      },
    );
  });
}
