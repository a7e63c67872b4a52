// Starts programs and ends them.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';

export interface Outcome {
  stdout: string;
  /** Only the end of what the program printed to stderr, because some peers print a lot there. */
  stderr: string;
  /** Why the program failed; absent when it succeeded. */
  failure?: string;
}

const KEPT = 2000;

export async function runToEnd(
  [program = '', ...args]: string[],
  { timeoutMs = 60_000, env = process.env, cwd = '.' } = {},
): Promise<Outcome> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env, cwd });
  const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
  const [stdout, stderr, failure] = await Promise.all([
    textOf(child.stdout, Infinity),
    textOf(child.stderr, KEPT),
    ending(child),
  ]);
  clearTimeout(timer);
  return { stdout, stderr, ...(failure ? { failure } : {}) };
}

async function textOf(stream: Readable, limit: number): Promise<string> {
  let text = '';
  for await (const chunk of stream.setEncoding('utf8') as AsyncIterable<string>) {
    text = (text + chunk).slice(-limit);
  }
  return text;
}

async function ending(child: ChildProcess): Promise<string | undefined> {
  try {
    const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
    if (signal) return `ended by ${signal}`;
    return code === 0 ? undefined : `exit code ${code}`;
  } catch (error) {
    return String(error);
  }
}

export async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = once(child, 'close');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 5000);
  await closed;
  clearTimeout(timer);
}
