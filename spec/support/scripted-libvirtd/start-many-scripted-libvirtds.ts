import { parseArgs } from 'node:util';
import { commandsForMany, ManyScriptedLibvirtds } from './many-scripted-libvirtds.js';
import { serveCommands } from './remote/serve-commands.js';

const usage = `usage: node start-many-scripted-libvirtds.js --directory DIRECTORY --count NUMBER

Listens as many scripted libvirtds, on DIRECTORY/0.sock, DIRECTORY/1.sock …, until standard input ends.
The first line on standard output is {}: they are ready. Commands are given as for start-scripted-libvirtd.js.

commands: ${Object.keys(commandsForMany).join(', ')}
`;

const { values } = parseArgs({
  options: { directory: { type: 'string' }, count: { type: 'string' }, help: { type: 'boolean' } },
});
const { directory, count, help } = values;
if (help === true || directory === undefined || count === undefined) {
  process.stdout.write(usage);
} else {
  const many = await ManyScriptedLibvirtds.start(directory, Number(count));
  await serveCommands(many, commandsForMany, {});
  await many.close();
  process.exit();
}
