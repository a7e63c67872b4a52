// Prepares a clone for `npm start` or `npm test`. Skips each step that is already done.
import { parseArgs } from 'node:util';
import { buildAddon, buildDebugAddon } from './setup/addon.mjs';
import { withLock } from './setup/lock.mjs';
import { installModules } from './setup/modules.mjs';
import { installPackages } from './setup/packages.mjs';
import { runMain, SetupError } from './setup/run.mjs';
import { compileTypeScript } from './setup/typescript.mjs';

const usage = `Usage: node scripts/setup.mjs [--tests] [--bench] [--sanitizers] [--debug]

Installs what is missing to build rxvirt (Debian and Ubuntu packages, node modules), then builds the
addon and the TypeScript sources. A second run has nothing to do and ends at once.

  --tests       also prepares what the specs need: libvirtd, QEMU, and the compiled specs
  --bench       also prepares what the benchmark needs: libvirt bindings of other languages, the compiled runner
  --sanitizers  also installs what the specs need to run under sanitizers: patchelf
  --debug       also prepares what a debugger needs: gdb, and the addon without optimization in build/Debug
  --help        this text

Needs Node and npm; packages are installed as root or through sudo.
The output of the commands goes to .setup/setup.log.`;

const oldestNode = [20, 19];

function parseOptions() {
  try {
    return parseArgs({
      options: {
        tests: { type: 'boolean' },
        bench: { type: 'boolean' },
        sanitizers: { type: 'boolean' },
        debug: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    throw new SetupError(error.message, usage, 2);
  }
}

function requirePlatform() {
  if (process.platform !== 'linux') {
    throw new SetupError('rxvirt runs on Linux only', 'Use a Linux machine, virtual machine or container.');
  }
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1])) {
    throw new SetupError(
      `Node ${process.versions.node} is too old`,
      `Install Node ${oldestNode.join('.')} or newer.`,
    );
  }
}

async function main() {
  const { tests = false, bench = false, sanitizers = false, debug = false, help = false } = parseOptions();
  if (help) {
    console.log(usage);
    return;
  }
  requirePlatform();
  await withLock(async () => {
    await installPackages({ tests, bench, sanitizers, debug });
    await installModules();
    await buildAddon();
    if (debug) await buildDebugAddon();
    await compileTypeScript({ tests, bench });
  });
}

// process.exit() runs the exit handler that removes the lock; a signal alone would not.
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
]) {
  process.once(signal, () => process.exit(code));
}

await runMain('setup', main);
