// One clean clone, set up and tested in one place with one Node.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ask, root } from '../setup/run.mjs';
import { attempt, run } from './step.mjs';

const reportName = 'spec-report.json';

// Prints one line for each version, in the order in which versions() reads them.
const versionsScript = `
pkg-config --modversion libvirt
qemu-system-x86_64 --version | sed -n '1s/.*version \\([0-9.]*\\).*/\\1/p'
node --version
c++ -dumpfullversion`;

export const resultsFolder = (folder) => join(folder, 'results');

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    // A run that crashed, or that ended before its specs, has written no report.
    return null;
  }
}

function toolsOf({ folder, prefix }) {
  const cache = join(folder, 'npm-cache');
  mkdirSync(cache, { recursive: true });
  return { prefix, cache };
}

function versions(place, tools) {
  const { program, args, env } = place.command(['sh', '-c', versionsScript], tools);
  const { stdout } = spawnSync(program, args, { env, encoding: 'utf8' });
  const [libvirt, qemu, node, compiler] = stdout.trim().split('\n');
  return { libvirt, qemu, node: node?.slice(1), compiler };
}

/** Runs a command in the clone of an earlier run, on this terminal, and returns whether it succeeded. */
export function runCommand({ place, ...combination }, command) {
  const { program, args, env } = place.command(command, toolsOf(combination));
  return spawnSync(program, args, { env, stdio: 'inherit' }).status === 0;
}

/** Runs the specs of one combination and keeps the result. Resolves with whether every spec has passed. */
export async function runCombination({ folder, place, suite, major, prefix, isCi }) {
  const name = `${suite}-node${major}`;
  const log = join(folder, 'logs', `${name}.log`);
  rmSync(log, { force: true });
  rmSync(place.clone, { recursive: true, force: true });
  mkdirSync(dirname(place.clone), { recursive: true });
  await run(`${suite}, Node ${major}: cloning`, log, 'git', ['clone', '--quiet', root, place.clone]);

  const tools = toolsOf({ folder, prefix });
  const { program, args, env } = place.command(isCi ? ['.ci/run'] : ['npm', 'test'], tools);
  const options = { env: { ...env, RXVIRT_SPEC_REPORT: reportName } };
  const isPassed = await attempt(
    `${suite}, Node ${major}: ${isCi ? '.ci/run' : 'npm test'}`,
    log,
    program,
    args,
    options,
  );

  const result = {
    suite,
    commit: ask('git', ['-C', place.clone, 'rev-parse', '--short=9', 'HEAD']),
    date: new Date().toISOString().slice(0, 10),
    command: isCi ? '.ci/run' : 'npm test',
    ...versions(place, tools),
    isPassed,
    report: read(join(place.clone, reportName)),
  };
  const file = join(resultsFolder(folder), `${name}.json`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
  const { passed = 0, failed = [], pending = [] } = result.report ?? {};
  console.log(
    `matrix: ${suite}, Node ${major}: ${passed} passed, ${failed.length} failed, ${pending.length} pending`,
  );
  for (const { title } of failed) console.log(`matrix:   failed: ${title}`);
  return isPassed;
}
