import { createInterface } from 'node:readline';
import type { AnswerLine, CommandLine } from './command-lines.js';
import { fromJson, toJsonLine } from './json-lines.js';

/**
 * Writes `ready` on standard output. Then runs the command on each line of standard input, and writes its answer.
 * Resolves when standard input ends, or with SIGINT and SIGTERM.
 */
export async function serveCommands<T>(
  target: T,
  // Each command has arguments of its own. Those that come by the pipe are given to it as they are.
  commands: Readonly<Record<string, (target: T, ...given: never[]) => unknown>>,
  ready: unknown,
): Promise<void> {
  process.stdout.write(toJsonLine(ready));
  const lines = createInterface({ input: process.stdin });
  const run = async ({ id, command, arguments: given }: CommandLine): Promise<AnswerLine> => {
    try {
      const call = Object.hasOwn(commands, command) ? commands[command] : undefined;
      if (call === undefined) throw new Error(`no such command: ${command}`);
      return { id, result: await call(target, ...(given as never[])) };
    } catch (error) {
      return { id, error: error instanceof Error ? error.message : String(error) };
    }
  };
  lines.on('line', (line) => {
    // This is not awaited. A command that waits would delay the very command that it waits for.
    void run(fromJson(line) as CommandLine).then((answer) => process.stdout.write(toJsonLine(answer)));
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => lines.close());
  await new Promise((resolve) => lines.once('close', resolve));
}
