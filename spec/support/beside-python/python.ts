import { spawn, spawnSync } from 'node:child_process';
import { text } from 'node:stream/consumers';

/** What libvirt's Python binding has answered: a value, the number of libvirt's error, that it lacks the function, or a fault of the expression. */
export type PythonAnswer = Readonly<
  Record<'value', unknown> | Record<'error', number> | Record<'lacks', string> | Record<'failed', string>
>;

// Not the one on the PATH: Debian's packages are for this one.
const python = '/usr/bin/python3';
const program = 'spec/support/beside-python/answers.py';

/** Why Python can't be asked, for a clear warning when its specs are skipped. */
export function pythonUnavailableReason(): string | undefined {
  const { status } = spawnSync(python, ['-c', 'import libvirt']);
  return status === 0 ? undefined : 'python3-libvirt is not installed';
}

/**
 * Evaluates expressions with libvirt's Python binding, in a process of its own.
 * @param setup A program that prepares what the expressions use. It has `conn`, the connection.
 */
export async function askPython(
  uri: string,
  setup: string,
  expressions: readonly string[],
): Promise<readonly PythonAnswer[]> {
  const child = spawn(python, [program], { stdio: ['pipe', 'pipe', 'pipe'] });
  child.stdin.end(JSON.stringify({ uri, setup, expressions }));
  const [answers, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  if (answers === '') throw new Error(`Python has answered nothing:\n${errors}`);
  return JSON.parse(answers) as PythonAnswer[];
}
