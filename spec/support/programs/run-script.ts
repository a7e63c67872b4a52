import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

// The longest specs may take as long.
const longestMs = 600_000;

/** How a script ended, and what it printed. */
export interface ScriptEnd {
  /** Null when a signal ended it. */
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Milliseconds from its last line of output to its end. */
  readonly silenceMs: number;
}

export interface ScriptOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Options for Node itself. */
  readonly nodeOptions?: readonly string[];
  /** After how many milliseconds the script is killed with SIGKILL, so that it can't hang longer than the specs. */
  readonly limitMs?: number;
}

/** Runs a script of spec/fixtures/ in a process of its own, and resolves when that process has ended. */
export async function runScript(
  name: string,
  args: readonly string[] = [],
  { env = {}, nodeOptions = [], limitMs = longestMs }: ScriptOptions = {},
): Promise<ScriptEnd> {
  const path = fileURLToPath(new URL(`../../fixtures/${name}.js`, import.meta.url));
  const script = spawn(process.execPath, ['--enable-source-maps', ...nodeOptions, path, ...args], {
    env: { ...process.env, RXVIRT_LOG: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: limitMs,
    killSignal: 'SIGKILL',
  });
  const output = { stdout: '', stderr: '' };
  let lastOutput = performance.now();
  for (const stream of ['stdout', 'stderr'] as const) {
    script[stream].setEncoding('utf8').on('data', (text: string) => {
      output[stream] += text;
      lastOutput = performance.now();
    });
  }
  const exited = once(script, 'exit').then(() => performance.now());
  const [exitCode, signal] = (await once(script, 'close')) as [number | null, NodeJS.Signals | null];
  return { exitCode, signal, ...output, silenceMs: Math.max(0, (await exited) - lastOutput) };
}

/**
 * Runs a script like {@link runScript}, and resolves with the value that the script passed to `report`.
 * @throws unless the script ends by itself, with exit code 0 and no output on stderr.
 */
export async function reportOf(
  name: string,
  args: readonly string[] = [],
  options: ScriptOptions = {},
): Promise<unknown> {
  const { exitCode, signal, stdout, stderr } = await runScript(name, args, options);
  if (exitCode !== 0 || stderr !== '') {
    throw new Error(`${name} ${args.join(' ')} ended with ${signal ?? exitCode ?? ''}:\n${stdout}${stderr}`);
  }
  return JSON.parse(stdout) as unknown;
}
