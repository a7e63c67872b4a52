import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { commands, type AnswerLine, type CommandLine, type ReadyLine } from './remote/commands.js';
import { fromJson, toJsonLine } from './remote/json-lines.js';
import { ScriptedLibvirtd } from './scripted-libvirtd.js';

const usage = `usage: node start-scripted-libvirtd.js [--socket PATH] [--help]

Listens as a scripted libvirtd until standard input ends.
The first line on standard output is {"socketPath": ..., "uri": ...}: it is ready.
Each line on standard input is a command, {"id": 1, "command": NAME, "arguments": [...]};
its answer is {"id": 1, "result": ...} or {"id": 1, "error": TEXT}, in the order of completion.
bigint, bytes and NaN are written {"$bigint": "1"}, {"$bytes": BASE64}, {"$number": "NaN"}.

commands: ${Object.keys(commands).join(', ')}
`;

async function run(
  { id, command, arguments: given }: CommandLine,
  daemon: ScriptedLibvirtd,
): Promise<AnswerLine> {
  try {
    if (!Object.hasOwn(commands, command)) throw new Error(`no such command: ${command}`);
    const call = commands[command] as (daemon: ScriptedLibvirtd, ...given: readonly unknown[]) => unknown;
    return { id, result: await call(daemon, ...given) };
  } catch (error) {
    return { id, error: error instanceof Error ? error.message : String(error) };
  }
}

async function serve(socketPath: string | undefined): Promise<void> {
  const daemon = await ScriptedLibvirtd.start(socketPath === undefined ? {} : { socketPath });
  const ready: ReadyLine = { socketPath: daemon.socketPath, uri: daemon.uri };
  process.stdout.write(toJsonLine(ready));
  const lines = createInterface({ input: process.stdin });
  lines.on('line', (line) => {
    // This is not awaited. A command that waits would delay the very command that it waits for.
    void run(fromJson(line) as CommandLine, daemon).then((answer) =>
      process.stdout.write(toJsonLine(answer)),
    );
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => lines.close());
  await new Promise((resolve) => lines.once('close', resolve));
  await daemon.close();
  // A command may still wait for something that won't happen any more.
  process.exit();
}

const { values } = parseArgs({ options: { socket: { type: 'string' }, help: { type: 'boolean' } } });
if (values.help) process.stdout.write(usage);
else await serve(values.socket);
