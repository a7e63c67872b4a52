// `npm start` prints lifecycle events as they happen, on libvirt's built-in test host or on a host that the user names.
import { Connection } from '../lib/index.js';
import { parseOptions, usage } from './options.js';
import { printTour } from './tour.js';
import { printHost } from './host.js';

const exitCodes = { failed: 1, usage: 2 };

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

async function open(uri: string | undefined): Promise<Connection | null> {
  try {
    return uri === undefined
      ? await Connection.open('test:///default')
      : await Connection.open(uri, { readOnly: true });
  } catch (error) {
    const advice =
      uri === undefined
        ? 'libvirt was built without its test driver; choose a host with: npm start -- --uri URI'
        : 'Check that libvirt runs there and lets you in: virsh --readonly --connect URI list';
    // The message names the URI, without the password.
    console.error(`${messageOf(error)}\n${advice}`);
    return null;
  }
}

async function main(): Promise<number> {
  const options = parseOptions(process.argv.slice(2));
  if ('mistake' in options) {
    console.error(`${options.mistake}\n\n${usage}`);
    return exitCodes.usage;
  }
  if (options.help) {
    console.log(usage);
    return 0;
  }
  await using connection = await open(options.uri);
  if (connection === null) return exitCodes.failed;
  try {
    await (options.uri === undefined ? printTour(connection) : printHost(connection));
    return 0;
  } catch (error) {
    console.error(`stopped: ${messageOf(error)}`);
    return exitCodes.failed;
  }
}

// There is no process.exit() here: when the connection is closed, the process ends by itself.
process.exitCode = await main();
