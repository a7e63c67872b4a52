// Runs a spec under gdb, with the addon's debug build, while the inspector of Node listens.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { readOptions, setUp, wrongOption } from './options.mjs';
import { isOnPath, root, runMain, SetupError } from './setup/run.mjs';
import { specsCalled } from './specs.mjs';

const usage = `Usage: npm run debug -- [--break <function> ...] [--port <number>] <spec> ... [-- <option of mocha> ...]

Starts specs under gdb, with the addon of build/Debug. Set-up builds this addon without optimization, and keeps the
ordinary one. Node waits until a debugger for JavaScript is attached to its inspector:
  node inspect 127.0.0.1:9229     in a second terminal, or chrome://inspect in a browser, or an editor

  --break    a C++ function to stop in, such as rxvirt::EventBridge::Add; may be given several times
  --port     the port of the inspector (default: 9229; 0: any free one)
  --help     this text

For example:
  npm run debug -- --break rxvirt::EventBridge::Add spec/loop/from-fd-spec.ts -- --grep readable

docs/contributing/debug.md shows how to follow a call from TypeScript into C++.`;

// Node takes no other ports for its inspector; 0 lets the system choose one.
const isPort = (text) =>
  text === '0' || (/^\d{4,5}$/.test(text) && Number(text) >= 1024 && Number(text) <= 65_535);

function readArguments() {
  const given = process.argv.slice(2);
  const end = given.includes('--') ? given.indexOf('--') : given.length;
  const { values, positionals } = readOptions('debug', {
    args: given.slice(0, end),
    allowPositionals: true,
    options: {
      break: { type: 'string', multiple: true, default: [] },
      port: { type: 'string', default: '9229' },
    },
  });
  if (!isPort(values.port))
    throw wrongOption('debug', `--port takes 0 or a number from 1024 to 65535, not ${values.port}`);
  if (!values.help && positionals.length === 0) throw wrongOption('debug', 'no spec is named');
  return { ...values, specs: positionals, mocha: given.slice(end + 1) };
}

function requireGdb() {
  if (isOnPath('gdb')) return;
  throw new SetupError(
    'gdb is not installed',
    'Run "npm run debug", which installs it, or install it by hand, as root:\n\n  apt-get install gdb',
  );
}

function main() {
  const { break: functions, port, help, specs, mocha } = readArguments();
  if (help) {
    console.log(usage);
    return;
  }
  const files = specsCalled(specs);
  setUp('debug', '--tests', '--debug');
  requireGdb();

  const load = fileURLToPath(new URL('debug/use-debug-build.cjs', import.meta.url));
  const node = [
    process.execPath,
    `--inspect-brk=127.0.0.1:${port}`,
    '--expose-gc',
    '--enable-source-maps',
    // mocha would start another process for the Node options in .mocharc.json, so they stand above, and --no-config
    // below.
    'node_modules/mocha/bin/mocha.js',
    ...['--no-config', '--timeout', '0', ...files, ...mocha],
  ];
  const commands = [
    'set breakpoint pending on',
    'set debuginfod enabled off',
    ...functions.map((name) => `break ${name}`),
    'run',
  ];
  const gdb = spawn('gdb', ['-q', ...commands.flatMap((command) => ['-ex', command]), '--args', ...node], {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --require ${JSON.stringify(load)}`.trim(),
    },
  });
  // Ctrl+C is meant for gdb, which then stops the program. This process ignores it.
  process.on('SIGINT', () => undefined);
  gdb.once('exit', (code, signal) => (process.exitCode = signal === null ? code : 1));
}

await runMain('debug', main);
