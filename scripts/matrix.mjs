// Runs the specs on several versions of libvirt and of Node, and keeps the results.
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Chroot, Host } from './matrix/places.mjs';
import { installNode } from './matrix/node.mjs';
import { runCombination, runCommand } from './matrix/combination.mjs';
import { writePage } from './matrix/page.mjs';
import { installPackages } from './setup/packages.mjs';
import { runMain, SetupError } from './setup/run.mjs';

const usage = `Usage: node scripts/matrix.mjs [options] [-- COMMAND [ARGUMENT]...]

Runs the committed specs on every combination of a Debian release and a version of Node. Each Debian release
has its own libvirt and QEMU. Each release is a chroot made by debootstrap; "host" is this machine as it is. In
each, a clean clone of HEAD is set up and tested. A COMMAND runs in the clones of an earlier run instead, to
examine a failure.

  --suite NAME   host, or a release: bullseye, trixie, sid, ...; may be repeated (default: host, bullseye,
                 trixie, sid)
  --node MAJOR   a major version of Node, from the npm registry; may be repeated (default: 20, 22, 24)
  --ci           run all of .ci/run instead of npm test
  --folder PATH  where chroots, Nodes, logs and results are kept (default: rxvirt-matrix under the system's
                 folder for temporary files); they are used again, and may be deleted at any time
  --fresh        make the chroots again
  --page         write docs/compatibility.md from the last result of each combination, earlier runs included
  --page-only    write docs/compatibility.md without running anything
  --help         this text

Needs root, because chroots need it. apt and npm have the same settings in the chroots as on this machine.
Exit code: 0 when every spec passed everywhere, 1 when something failed, 2 when the options are wrong.`;

function parseOptions() {
  try {
    return parseArgs({
      options: {
        suite: { type: 'string', multiple: true, default: ['host', 'bullseye', 'trixie', 'sid'] },
        node: { type: 'string', multiple: true, default: ['20', '22', '24'] },
        ci: { type: 'boolean', default: false },
        folder: { type: 'string', default: join(tmpdir(), 'rxvirt-matrix') },
        fresh: { type: 'boolean', default: false },
        page: { type: 'boolean', default: false },
        'page-only': { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
      allowPositionals: true,
    });
  } catch (error) {
    throw new SetupError(error.message, usage, 2);
  }
}

async function main() {
  const { values: options, positionals: command } = parseOptions();
  if (options.help) {
    console.log(usage);
    return;
  }
  if (options['page-only']) {
    writePage(resolve(options.folder));
    return;
  }
  if (process.getuid() !== 0) throw new SetupError('chroots need root', 'Run the same command as root.');
  const folder = resolve(options.folder);
  mkdirSync(folder, { recursive: true });
  await installPackages({ matrix: true });

  const failed = [];
  for (const suite of options.suite) {
    const place = suite === 'host' ? new Host(folder) : new Chroot(folder, suite);
    await place.prepare({ isFresh: options.fresh });
    for (const major of options.node) {
      const prefix = await installNode(folder, major);
      const combination = { folder, place, suite, major, prefix, isCi: options.ci };
      const isPassed =
        command.length > 0 ? runCommand(combination, command) : await runCombination(combination);
      if (!isPassed) failed.push(`${suite} with Node ${major}`);
    }
  }
  if (options.page) writePage(folder);
  if (failed.length > 0) {
    throw new SetupError(`failed: ${failed.join(', ')}`, `The logs are in ${join(folder, 'logs')}.`);
  }
}

// Exiting stops the command of the current step too (see step.mjs).
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
]) {
  process.once(signal, () => process.exit(code));
}

await runMain('matrix', main);
