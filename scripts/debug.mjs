// Runs a spec under gdb, with the addon's debug build, while the inspector of Node listens.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { isOnPath, root, SetupError } from './setup/run.mjs';
import { specsCalled } from './specs.mjs';

const usage = `Usage: npm run debug -- [--break <function> ...] [--port <number>] <spec> ... [-- <option of mocha> ...]

Starts specs under gdb, with the addon of build/Debug, which set-up has built without optimization beside the
ordinary one. Node waits until a debugger for JavaScript is attached to its inspector:
  node inspect 127.0.0.1:9229     in a second terminal, or chrome://inspect in a browser, or an editor

  --break    a C++ function to stop in, such as rxvirt::EventBridge::Add; may be given again
  --port     of the inspector; 9229 unless given
  --help     this text

For example:
  npm run debug -- --break rxvirt::EventBridge::Add spec/loop/from-fd-spec.ts -- --grep readable

docs/contributing/debug.md is a recipe for going from TypeScript into C++.`;

function readOptions() {
  const given = process.argv.slice(2);
  const end = given.includes('--') ? given.indexOf('--') : given.length;
  try {
    const { values, positionals } = parseArgs({
      args: given.slice(0, end),
      allowPositionals: true,
      options: {
        break: { type: 'string', multiple: true, default: [] },
        port: { type: 'string', default: '9229' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (!/^\d{1,5}$/.test(values.port)) throw new Error(`--port takes a number, not ${values.port}`);
    if (!values.help && positionals.length === 0) throw new Error('Which spec? There is none named');
    return { ...values, specs: positionals, mocha: given.slice(end + 1) };
  } catch (error) {
    throw new SetupError(error.message, usage, 2);
  }
}

function requireGdb() {
  if (isOnPath('gdb')) return;
  throw new SetupError(
    'gdb is not installed',
    'Run "npm run debug", which installs it, or install it by hand, as root:\n\n  apt-get install gdb',
  );
}

function main() {
  const { break: functions, port, help, specs, mocha } = readOptions();
  if (help) {
    console.log(usage);
    return;
  }
  const files = specsCalled(specs);
  requireGdb();

  const load = fileURLToPath(new URL('debug/use-debug-build.cjs', import.meta.url));
  const node = [
    process.execPath,
    `--inspect-brk=127.0.0.1:${port}`,
    '--expose-gc',
    '--enable-source-maps',
    // Not mocha's bin: that starts another process.
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
  // Ctrl+C is for gdb, which stops the program then.
  process.on('SIGINT', () => undefined);
  gdb.once('exit', (code, signal) => (process.exitCode = signal === null ? code : 1));
}

try {
  main();
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(`debug: ${error.message}\n\n${error.advice}`);
  process.exitCode = error.exitCode;
}
