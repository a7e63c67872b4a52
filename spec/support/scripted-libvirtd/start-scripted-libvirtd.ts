import { parseArgs } from 'node:util';
import { commands, type ReadyLine } from './remote/commands.js';
import { serveCommands } from './remote/serve-commands.js';
import { ScriptedLibvirtd } from './scripted-libvirtd.js';

const usage = `usage: node start-scripted-libvirtd.js [--socket PATH] [--help]

Listens as a scripted libvirtd until standard input ends.
The first line on standard output is {"socketPath": ..., "uri": ...}: it is ready.
Each line on standard input is a command, {"id": 1, "command": NAME, "arguments": [...]};
its answer is {"id": 1, "result": ...} or {"id": 1, "error": TEXT}, in the order of completion.
bigint, bytes and NaN are written {"$bigint": "1"}, {"$bytes": BASE64}, {"$number": "NaN"}.

commands: ${Object.keys(commands).join(', ')}
`;

async function serve(socketPath: string | undefined): Promise<void> {
  const daemon = await ScriptedLibvirtd.start(socketPath === undefined ? {} : { socketPath });
  const ready: ReadyLine = { socketPath: daemon.socketPath, uri: daemon.uri };
  await serveCommands(daemon, commands, ready);
  await daemon.close();
  // A command may still wait for something that won't happen any more.
  process.exit();
}

const { values } = parseArgs({ options: { socket: { type: 'string' }, help: { type: 'boolean' } } });
if (values.help) process.stdout.write(usage);
else await serve(values.socket);
